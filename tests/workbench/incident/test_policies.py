"""The same accounts under every policy, side by side: what differs is said in words."""

from __future__ import annotations

from parallax.model import Bound, Grade, Kind, Range, Report, Tally
from parallax.workbench.incident.media import pointers
from parallax.workbench.incident.policies import side_by_side


def spread(whom: str, low: int | None, high: int | None) -> Range:
    return Range(Kind.KILLED, whom, Bound(low, f"{low}: x"), Bound(high, f"{high}: x"))


def tally(*ranges: Range) -> Tally:
    return Tally("i", "p", ranges, Grade.WEAK, "", None, (), (), (), 1, 1)


def test_each_policy_says_how_it_differs_from_the_chosen_one() -> None:
    tallies = {
        "airwars": tally(spread("all", 1_500, None), spread("civilian", None, None)),
        "ibc": tally(spread("all", 1_500, None), spread("civilian", None, None)),
        "ucdp": tally(spread("all", 3, 9), spread("side: Russia", 2, 2)),
    }
    rows = side_by_side(tallies, "airwars")
    assert [row.whom for row in rows] == ["all", "side: Russia"]
    assert [cell.differs for cell in rows[0].cells] == [(), (), ("low 3, not 1,500", "high 9, not unknown")]
    assert rows[1].differs
    assert "not under the chosen one" in rows[1].cells[2].differs[0]
    assert not any(row.differs for row in side_by_side({"airwars": tallies["airwars"]}, "airwars"))


def test_addresses_in_a_text_are_named_by_what_they_lead_to() -> None:
    text = (
        "Film: https://www.youtube.com/watch?v=x. Picture (https://a.example/b.JPG), post https://x.com/a/1; "
        "page https://b.example/c?d=e. javascript:alert(1) https://[broken https://b.example/c?d=e notx.com "
        'https://youtube.com.evil.example/"onload=x'
    )
    found = pointers(Report.of(text))
    assert [(one.kind, one.host) for one in found] == [
        ("film", "youtube.com"),
        ("picture", "a.example"),
        ("post", "x.com"),
        ("page", "b.example"),
        ("page", "youtube.com.evil.example"),
    ]
    assert all(one.address.startswith("https://") and '"' not in one.address for one in found)
