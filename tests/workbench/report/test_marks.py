"""A report's text cut into stretches: nothing lost, nothing twice."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from parallax.model import Claim, Count, Kind, Mention, Report, Zone, ZoneKind
from parallax.workbench.report.marks import rows, stretches

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
        slots: dict[str, object] = {}
        for slot in ("who", "whom", "where", "voice", "via"):
            if draw(st.booleans()):
                first, last = draw(spans(len(text)))
                slots[slot] = Mention(first, last, text[first:last])
        if start < end and draw(st.booleans()):
            slots["count"] = Count(1, 1, draw(st.sampled_from([text[start], text[start:end], "1"])))
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
    ended = [claim.key for stretch in made for piece in stretch.pieces for claim in piece.ends]
    assert sorted(ended) == sorted(begun)
    marked = [claim.key for stretch in made for piece in stretch.pieces for claim in piece.marks]
    assert sorted(marked) == sorted(begun)
    at = 0
    for stretch in made:
        for claim in stretch.claims:
            assert at <= claim.start <= claim.end <= at + len(stretch.text)
        for piece in stretch.pieces:
            for claim in piece.begins:
                assert claim.start == at
            assert piece.start == at
            at += len(piece.text)
            for claim in piece.claims:
                assert claim.start <= piece.start <= at <= claim.end
            for _, claim in piece.slots:
                assert claim in claims


@given(readings(), st.lists(st.sampled_from(["\n", "\n\n", " \n \n", "a" * 150]), max_size=6))
@settings(max_examples=150, deadline=None)
def test_the_rows_joined_are_the_text(reading: tuple[Report, list[Claim]], breaks: list[str]) -> None:
    report, claims = reading
    report = report_of(report.text + "".join(breaks) + report.text, report.zones)
    made = rows(report, claims)
    assert "".join(row.text for row in made) == report.text
    assert sorted(claim.key for row in made for claim in row.claims) == sorted(claim.key for claim in claims)
    assert all(row.stretches for row in made)


def test_a_row_is_a_paragraph_and_a_claim_over_two_keeps_them_together() -> None:
    text = "Shelling hit Homs.\n\nIn Hama, 5 died.\n \nAll this was\n\non Monday."
    apart = [row.text for row in rows(report_of(text), [Claim.of("x", 20, 36, Kind.KILLED)])]
    assert apart == ["Shelling hit Homs.\n\n", "In Hama, 5 died.\n \n", "All this was\n\n", "on Monday."]
    over = [row.text for row in rows(report_of(text), [Claim.of("x", 39, 63, Kind.KILLED)])]
    assert over == ["Shelling hit Homs.\n\n", "In Hama, 5 died.\n \n", "All this was\n\non Monday."]


def test_lines_broken_to_a_pages_width_are_no_paragraphs() -> None:
    assert len(rows(report_of("Shelling hit\nHoms and\nHama."), [])) == 1
    assert len(rows(report_of("\n".join(["Shelling hit Homs and Hama. " * 8] * 3)), [])) == 3


def test_nested_claims_are_told_apart_piece_by_piece() -> None:
    report = report_of(TEXT)
    outer = Claim.of(report.key, 0, 56, Kind.KILLED)
    inner = Claim.of(report.key, 28, 40, Kind.INJURED, count=Count(5, 5, "5"))
    (stretch, _) = stretches(report, [outer, inner])
    assert [(piece.text, piece.claims) for piece in stretch.pieces] == [
        ("Shelling killed 12 in Homs. ", (outer,)),
        ("5", (inner, outer)),
        (" were hurt,", (inner, outer)),
        (" the mayor said.", (outer,)),
    ]
    assert stretch.pieces[1].slots == (("count", inner),)


def test_a_number_within_a_word_is_not_the_count() -> None:
    report = report_of("In 12th street, 12 died.")
    (stretch, *_) = stretches(report, [Claim.of(report.key, 0, 24, Kind.KILLED, count=Count(12, 12, "12"))])
    assert [piece.start for piece in stretch.pieces if piece.slots] == [16]
    assert [piece.start for piece in stretch.pieces if piece.marks] == [16]


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
    assert [(piece.text, [slot for slot, _ in piece.slots]) for piece in first.pieces] == [
        ("Shelling killed 12 in ", []),
        ("Homs", ["where", "where"]),
        (".", []),
    ]
    assert second.claims == ()


def test_zones_are_kept_within_and_without_claims() -> None:
    zones = (Zone(ZoneKind.HEADLINE, 0, 9), Zone(ZoneKind.CLUTTER, 57, len(TEXT)))
    made = stretches(report_of(TEXT, zones), [Claim.of("x", 0, 27, Kind.KILLED)])
    assert [piece.zone for piece in made[0].pieces] == [ZoneKind.HEADLINE, ZoneKind.BODY]
    assert [piece.zone for piece in made[-1].pieces] == [ZoneKind.BODY, ZoneKind.CLUTTER]
