"""A report's text cut into stretches: nothing lost, nothing twice."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from parallax.model import Claim, Kind, Mention, Report, Zone, ZoneKind
from parallax.workbench.marks import stretches

TEXT = "Shelling killed 12 in Homs. 5 were hurt, the mayor said. Read more."


def report_of(text: str, zones: tuple[Zone, ...] = ()) -> Report:
    return Report.of(text, id="a", zones=zones)


@st.composite
def spans(draw: st.DrawFn, length: int) -> tuple[int, int]:
    first, second = draw(st.integers(0, length)), draw(st.integers(0, length))
    return min(first, second), max(first, second)


@st.composite
def readings(draw: st.DrawFn) -> tuple[Report, list[Claim]]:
    text = draw(st.text(max_size=120))
    zones = [
        Zone(draw(st.sampled_from(list(ZoneKind))), *draw(spans(len(text)))) for _ in range(draw(st.integers(0, 4)))
    ]
    report = report_of(text, tuple(zones))
    claims = []
    for kind in draw(st.lists(st.sampled_from(list(Kind)), max_size=8)):
        start, end = draw(spans(len(text)))
        slots = {}
        for slot in ("who", "whom", "where", "voice", "via"):
            if draw(st.booleans()):
                first, last = draw(spans(len(text)))
                slots[slot] = Mention(first, last, text[first:last])
        claims.append(Claim.of(report.key, start, end, kind, **slots))
    return report, list({claim.key: claim for claim in claims}.values())


@given(readings())
@settings(max_examples=150, deadline=None)
def test_the_stretches_joined_are_the_text(reading: tuple[Report, list[Claim]]) -> None:
    report, claims = reading
    made = stretches(report, claims)
    assert "".join(stretch.text for stretch in made) == report.text
    begun = [claim.key for stretch in made for piece in stretch.pieces for claim in piece.begins]
    assert sorted(begun) == sorted(claim.key for claim in claims)
    at = 0
    for stretch in made:
        for claim in stretch.claims:
            assert at <= claim.start <= claim.end <= at + len(stretch.text)
        for piece in stretch.pieces:
            for claim in piece.begins:
                assert claim.start == at
            at += len(piece.text)


@given(readings())
@settings(max_examples=50, deadline=None)
def test_the_order_of_claims_makes_no_difference(reading: tuple[Report, list[Claim]]) -> None:
    report, claims = reading
    turned = sorted(claims, key=lambda claim: claim.key)
    assert stretches(report, claims) == stretches(report, turned) == stretches(report, turned[::-1])


def test_two_claims_of_one_sentence_share_a_stretch() -> None:
    report = report_of(TEXT)
    killed = Claim.of(report.key, 0, 27, Kind.KILLED, where=Mention(22, 26, "Homs"))
    shelling = Claim.of(report.key, 0, 27, Kind.SHELLING, where=Mention(22, 26, "Homs"))
    first, second = stretches(report, [killed, shelling])
    assert set(first.claims) == {killed, shelling}
    assert [(piece.text, piece.slots) for piece in first.pieces] == [
        ("Shelling killed 12 in ", ()),
        ("Homs", ("where",)),
        (".", ()),
    ]
    assert second.claims == ()


def test_zones_are_kept_within_and_without_claims() -> None:
    zones = (Zone(ZoneKind.HEADLINE, 0, 9), Zone(ZoneKind.CLUTTER, 57, len(TEXT)))
    made = stretches(report_of(TEXT, zones), [Claim.of("x", 0, 27, Kind.KILLED)])
    assert [piece.zone for piece in made[0].pieces] == [ZoneKind.HEADLINE, ZoneKind.BODY]
    assert [piece.zone for piece in made[-1].pieces] == [ZoneKind.BODY, ZoneKind.CLUTTER]
