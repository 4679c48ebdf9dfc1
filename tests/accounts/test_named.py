"""Who among those harmed is named."""

from __future__ import annotations

from parallax.model import Kind, Named, Stance

from .cases import RUSSIA, VOICES, said, tally


def test_the_named_are_told_once_with_all_who_name_them() -> None:
    one = said("post", 1, whom="Anna Petrova")
    two = said("doctor", 1, whom="Anna  Petrova", on=3)
    hurt = said("post", 1, kind=Kind.INJURED, whom="Anna Petrova", start=60)
    found = tally(one, two, hurt, said("monitor", 12, whom="villagers")).named
    voices = tuple(sorted((VOICES["post"].name, VOICES["doctor"].name)))
    assert found == (
        Named("Anna Petrova", Kind.KILLED, tuple(sorted((one.claim.key, two.claim.key))), voices),
        Named("Anna Petrova", Kind.INJURED, (hurt.claim.key,), (VOICES["post"].name,)),
    )


def test_peoples_bodies_families_and_denied_deaths_name_nobody() -> None:
    nobody = [
        said("post", 5, whom="the Light Brigade"),
        said("post", 6, whom="the Petrov Family", start=60),
        said("post", 7, whom="Ivan and Anna Petrov", start=120),
        said("post", 8, whom="Tsar's Russians", actor=RUSSIA, start=180),
        said("doctor", 1, whom="Maria Orlova", stance=Stance.DENIED),
        said("monitor", 9, whom=None),
    ]
    assert tally(*nobody).named == ()
