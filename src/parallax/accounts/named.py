"""Who among those harmed is named, and by whom."""

from __future__ import annotations

from collections.abc import Sequence

from parallax.accounts.figures import EVERYONE
from parallax.accounts.origins import Said
from parallax.accounts.quantify import is_one_name
from parallax.model import HARMS, Kind, Named, Stance


def named(sayings: Sequence[Said]) -> tuple[Named, ...]:
    """The people named among those harmed, by harm and name, each with the claims and voices that name them.

    `sayings` are the standing ones. Names are the report's words; two spellings are two names.
    """
    found: dict[tuple[Kind, str], list[Said]] = {}
    spelled: dict[tuple[Kind, str], str] = {}
    for said in sayings:
        claim = said.statement.claim
        if claim.kind not in HARMS or claim.whom is None or claim.stance is Stance.DENIED or said.counted is not None:
            continue
        if said.statement.dead == 0:
            continue
        words = " ".join(claim.whom.text.split())
        if not is_one_name(words) or EVERYONE.search(words):
            continue
        thing = claim.kind, words.casefold()
        found.setdefault(thing, []).append(said)
        spelled[thing] = min(spelled.get(thing, words), words)
    return tuple(
        Named(
            spelled[kind, name],
            kind,
            tuple(sorted(said.key for said in own)),
            tuple(sorted({said.statement.voice.name for said in own})),
        )
        for (kind, name), own in sorted(found.items(), key=lambda item: (HARMS.index(item[0][0]), item[0][1]))
    )
