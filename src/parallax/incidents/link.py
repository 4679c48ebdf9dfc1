"""Links between tellings: those that share a block key, compared."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from parallax.incidents import block, score
from parallax.incidents.profile import Profile, profile
from parallax.model import Link, Statement, Telling


def link(
    tellings: Iterable[Telling],
    statements: Mapping[str, Statement],
    against: Iterable[Telling] = (),
    known: dict[Telling, Profile] | None = None,
) -> tuple[Link, ...]:
    """Every link among `tellings`, and between them and `against`; none within `against`.

    `statements` by claim key, those of `against` included. Sorted by the keys of the two
    tellings, so that the same tellings give the same links in whatever order they come.
    `known` are the profiles that are known beside these statements; those made are put there.
    """
    new = {telling.key: telling for telling in tellings}
    old = {telling.key: telling for telling in against if telling.key not in new}
    seen = {key: profile(telling, statements, known) for key, telling in (new | old).items()}
    blocks: dict[str, list[str]] = {}
    for key, telling_seen in seen.items():
        for name in block.of_profile(telling_seen):
            blocks.setdefault(name, []).append(key)
    pairs: set[tuple[str, str]] = set()
    for held in blocks.values():
        # The new ones come first, and those known before are not paired among themselves.
        fresh = sum(key in new for key in held)
        pairs.update((min(a, b), max(a, b)) for n, a in enumerate(held[:fresh]) for b in held[n + 1 :])
    found = (score.of_profiles(seen[a], seen[b]) for a, b in sorted(pairs))
    return tuple(made for made in found if made is not None)
