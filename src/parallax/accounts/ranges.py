"""The spreads of reports of one harm: by class, and by side where the losses of several sides are told.

Losses of different sides are counts of different people. They are never weighed against
each other as if they were of the same dead; where a total is wanted they are added.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import combinations

from parallax.accounts.evidence import Evidence
from parallax.accounts.figures import Figure
from parallax.accounts.policy import NOTHING, Ends, Policy, Say
from parallax.accounts.says import ALL, CLASSES, sayings
from parallax.model import Actor, Bound, Kind, LeftOut, Range, VictimClass

Scoped = Mapping[str, Mapping[str, tuple[Say, ...]]]


def ranges(kind: Kind, evidence: Evidence, policy: Policy) -> tuple[Range, ...]:
    """A range for each class and for all; under a policy that counts by side, one for each side too."""
    groups = by_side(evidence.figures)
    scoped = {
        side: sayings(figures, policy.unsaid, evidence.reckonings, evidence.floors) for side, figures in groups.items()
    }
    names = _side_names(groups)
    ends = {name: _over_sides(name, scoped, names, policy) for name in CLASSES}
    classes = [say for says in scoped.values() for name in ("civilian", "combatant") for say in says[name]]
    ends[ALL] = _cover_classes(ends, are_different=all(say.told and not say.disputed for say in classes))
    found = [
        _range(kind, name, ends[name], (*_of_class(name, evidence), *_counted_already(name, groups, scoped, policy)))
        for name in CLASSES
    ]
    if policy.unsaid is VictimClass.CIVILIAN and found[2].low.value is None and found[2].high.value is None:
        words = "people of whom no more is said count as civilians under this policy"
        found[2] = replace(found[2], low=Bound(None, words), high=Bound(None, words))
    if policy.by_side:
        found += _side_ranges(kind, evidence, policy)
    return tuple(found)


def _of_class(name: str, evidence: Evidence) -> tuple[LeftOut, ...]:
    """The claims that bear on no bound, those of the other told class aside."""
    other = {"civilian": VictimClass.COMBATANT, "combatant": VictimClass.CIVILIAN}.get(name)
    return tuple(left for left in evidence.left_out if evidence.classes[left.claim] is not other)


def _counted_already(
    name: str, groups: Mapping[str, Sequence[Figure]], scoped: Scoped, policy: Policy
) -> tuple[LeftOut, ...]:
    """The figures of a class that their own voice's number for it holds already, each with that number."""
    out = []
    for side, figures in groups.items():
        number = {say.origin: say for say in scoped[side][name]}
        for figure in figures:
            say = number.get(figure.origin)
            counted = policy.unsaid if figure.whom_class is VictimClass.UNKNOWN else figure.whom_class
            if say is None or figure.key in say.claims or name not in (ALL, counted):
                continue
            reason = f"counted already in the {say.high} of the same voice"
            out.append(
                LeftOut(figure.key, "names no figure, and the same voice gives one" if figure.spread.vague else reason)
            )
    return tuple(out)


def _side_ranges(kind: Kind, evidence: Evidence, policy: Policy) -> list[Range]:
    """A range for the fighters of each side, also where one side's losses alone are told."""
    of_sides = [f for f in evidence.figures if f.counts_fighters]
    fighters = [f for f in of_sides if f.counted is not None]
    has_total = any(not f.names_some for f in of_sides if f.counted is None)
    groups = by_side(fighters)
    if set(groups) == {""}:
        keys = {f.counted.side or f.counted.key for f in fighters if f.counted is not None}
        groups = {keys.pop(): groups[""]} if len(keys) == 1 else {}
    names = _side_names(groups)
    found = []
    for side, figures in groups.items():
        if side:
            ends = policy.spread(sayings(figures, policy.unsaid, evidence.reckonings, evidence.floors)[ALL])
            if has_total and all(f.names_some for f in figures):
                ends = _only_some(figures)
            found.append(_range(kind, f"side: {names[side]}", ends, ()))
    return found


def _only_some(figures: Sequence[Figure]) -> Ends:
    """No number for a side of which only some are counted, beside a total of fighters of no told side."""
    out = tuple(LeftOut(f.key, "counts some of them only and gives no total") for f in figures)
    unknown = Bound(None, "unknown: only some of this side's dead are counted, and no total of them", (), out)
    return Ends(unknown, unknown, unknown)


def by_side(figures: Sequence[Figure]) -> dict[str, tuple[Figure, ...]]:
    """Figures grouped by whose people they count; one group "" unless two groups are told apart.

    Different sides are apart. Actors of one side, and actors of no known side ("police"),
    are apart only where one voice counts each of them in one report, or where each is
    counted by its own party. A count for a whole side whose members are counted apart goes to no group.
    """
    actors = {f.counted.key: f.counted for f in figures if f.counted is not None}
    group = {key: _group(actor, actors, figures) for key, actor in actors.items()}
    if len(set(group.values()) - {""}) < 2:
        return {"": tuple(figures)} if figures else {}
    found: dict[str, list[Figure]] = {}
    for figure in figures:
        whom = figure.counted
        found.setdefault(group[whom.key] if whom is not None else "", []).append(figure)
    return {side: tuple(own) for side, own in sorted(found.items())}


def _group(actor: Actor, actors: Mapping[str, Actor], figures: Sequence[Figure]) -> str:
    if actor.side is None:
        return actor.key if any(_counted_apart(actor.key, other, figures) for other in actors) else ""
    members = sorted(key for key, other in actors.items() if other.side == actor.side and key != actor.side)
    if any(_counted_apart(a, b, figures) for a, b in combinations(members, 2)):
        return "" if actor.key == actor.side else actor.key
    return actor.side


def _counted_apart(a: str, b: str, figures: Sequence[Figure]) -> bool:
    if a == b:
        return False
    own = {key: [f for f in figures if f.counted is not None and f.counted.key == key] for key in (a, b)}
    together = {(f.claim.report, f.origin) for f in own[a]} & {(f.claim.report, f.origin) for f in own[b]}
    return bool(together) or all(any(f.statement.voice.party == key for f in own[key]) for key in (a, b))


def _side_names(groups: Mapping[str, Sequence[Figure]]) -> dict[str, str]:
    """Each group's name: that of its actor where one has the group's key, else its actors' names together."""
    names = {}
    for side, own in groups.items():
        actors = {f.counted.key: f.counted.name for f in own if f.counted is not None}
        names[side] = actors.get(side) or " and ".join(sorted(set(actors.values())))
    return names


def _over_sides(name: str, scoped: Scoped, names: Mapping[str, str], policy: Policy) -> Ends:
    """The ends of one class: the sum over sides, beside what is said of no side."""
    if set(scoped) <= {""}:
        return policy.spread(scoped[""][name] if scoped else ())
    sided = {side: policy.spread(scoped[side][name]) for side in scoped if side and scoped[side][name]}
    loose = scoped[""][name] if "" in scoped else ()
    if not sided:
        return policy.spread(loose)
    bystanders: tuple[Say, ...] = ()
    if name == ALL and "" in scoped and not any(scoped[side]["civilian"] for side in sided):
        bystanders = tuple(say for say in scoped[""]["civilian"] if say.told)
    parts = [(names[side], ends) for side, ends in sided.items()]
    if bystanders:
        parts.append(("civilians", policy.spread(bystanders)))
    low = _added([(who, ends.low) for who, ends in parts])
    high = _added([(who, ends.high) for who, ends in parts])
    bests = [(who, ends.best) for who, ends in parts if ends.best is not None]
    best = _added(bests) if len(bests) == len(parts) else None
    counted = {claim for say in bystanders for claim in say.claims}
    rest = [say for say in loose if not set(say.claims) <= counted]
    out = tuple(
        LeftOut(claim, "counts people whom the numbers by side count already") for say in rest for claim in say.claims
    )
    if rest:
        loose_ends = policy.spread(rest)
        if (loose_ends.high.value or 0) > (high.value or 0) and not policy.one_number:
            words = f"{loose_ends.high.words}; the sides' own numbers add up to {high.value}"
            fewer = tuple(LeftOut(claim, f"by side, {high.value} in all") for claim in high.claims)
            high = replace(loose_ends.high, words=words, left_out=loose_ends.high.left_out + high.left_out + fewer)
        else:
            high = replace(high, left_out=high.left_out + out)
    return Ends(
        replace(low, left_out=low.left_out + out), high, replace(best, left_out=best.left_out + out) if best else None
    )


def _added(parts: Sequence[tuple[str, Bound]]) -> Bound:
    """The sum of bounds on different people; sides without a number are named as missing from it."""
    known = [(who, bound) for who, bound in parts if bound.value is not None]
    out = tuple(left for _, bound in parts for left in bound.left_out)
    if not known:
        return Bound(None, NOTHING, (), out)
    total = sum(bound.value for _, bound in known if bound.value is not None)
    if len(parts) == 1:
        return parts[0][1]
    words = f"{total}: counts of different people, added: " + "; ".join(f"{who}, {bound.words}" for who, bound in known)
    missing = [who for who, bound in parts if bound.value is None]
    if missing:
        words += "; no number for " + ", ".join(missing)
    return Bound(total, words, tuple(sorted({c for _, bound in known for c in bound.claims})), out)


def _cover_classes(ends: Mapping[str, Ends], are_different: bool) -> Ends:
    """The ends for all, raised where a class alone, or civilians and fighters who are told apart, come to more."""
    whole = ends[ALL]
    low, high, best = whole.low, whole.high, whole.best
    parts = {name: ends[name] for name in CLASSES[:-1]}
    if are_different:
        told = {"civilians": ends["civilian"], "fighters": ends["combatant"]}
        bests = [(who, part.best) for who, part in told.items() if part.best is not None]
        both = Ends(
            _added([(who, part.low) for who, part in told.items()]),
            _added([(who, part.high) for who, part in told.items()]),
            _added(bests),
        )
        parts["civilians and fighters"] = both
    for name, part in parts.items():
        low, high = _raised(low, part.low, name), _raised(high, part.high, name)
        best = _raised(best, part.best, name) if best is not None and part.best is not None else best
    return Ends(low, high, best)


def _raised(whole: Bound, part: Bound, name: str) -> Bound:
    if part.value is None or (whole.value is not None and whole.value >= part.value):
        return whole
    fewer = tuple(LeftOut(claim, f"fewer than the {part.value} {name}") for claim in whole.claims)
    return Bound(part.value, f"as for {name}: {part.words}", part.claims, whole.left_out + part.left_out + fewer)


def _range(kind: Kind, name: str, ends: Ends, left_out: Sequence[LeftOut]) -> Range:
    best = _explained(ends.best, left_out) if ends.best is not None else None
    return Range(kind, name, _explained(ends.low, left_out), _explained(ends.high, left_out), best)


def _explained(bound: Bound, left_out: Sequence[LeftOut]) -> Bound:
    """The bound with every claim that it does not rest on, each once, and the reason."""
    if not left_out and not bound.left_out:
        return bound
    used = set(bound.claims)
    reasons = {left.claim: left for left in reversed((*left_out, *bound.left_out))}
    out = tuple(reasons[claim] for claim in sorted(reasons) if claim not in used)
    return replace(bound, left_out=out)
