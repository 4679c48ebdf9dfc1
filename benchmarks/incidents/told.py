"""Which claims are of one happening, a claim at a time, in news on a war whose claims are grouped.

The reports are those of `training/labels/tellings/measured.jsonl`, on which how claims belong together was
not fitted (the reader was trained on most of them): bundles of reports on the same days and places, each claim
grouped by what it is of, across its bundle. Claims of no single happening (totals, who holds a town) are right
where they stand apart, or with their own sentence. A language model grouped them after a written guide; two
readings of two bundles by it agreed by 0.97 and 1.00. Last, how many happenings are found whole: all of
their claims in one incident, with none of another.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from benchmarks.data import folder
from parallax.incidents.apart import reason_of
from parallax.incidents.cluster import gather
from parallax.incidents.link import link
from parallax.incidents.tell import tell
from parallax.model import Telling
from training.grouped import Grouped, b_cubed, grouped, members


def main() -> None:
    """Read, gather and print."""
    reports = grouped("measured.jsonl", folder())
    gold = {key: group for report in reports for key, group in report.groups.items()}
    lost = sum(report.unmatched for report in reports)
    print(f"{len(reports)} reports in {len({report.bundle for report in reports})} bundles, {len(gold)} claims grouped")
    print(f"{lost} more were grouped and are read no more")
    within = {key: f"{report.report} {group}" for report in reports for key, group in report.groups.items()}
    told = {report.report: tell(report.statements) for report in reports}
    by_report = {key: report.report for report in reports for key in report.groups}
    by_telling = _within(reports, told.values())
    by_incident = _across(reports, [one for tellings in told.values() for one in tellings])
    rows = (
        ("within a report", within, by_telling),
        ("  every report one happening", within, by_report),
        ("  every sentence one happening", within, _sentences(reports)),
        ("across reports", gold, by_incident),
        ("  every report one happening", gold, by_report),
        ("  nothing linked", gold, by_telling),
    )
    for name, known, found in rows:
        precision, recall, f1 = b_cubed(known, found)
        print(f"{name:<32} precision {precision:.3f}, recall {recall:.3f}, F1 {f1:.3f}")
    whole, of_two = _whole(gold, by_incident), _whole(gold, by_incident, by_report)
    print(f"found whole: {whole[0]} of {whole[1]} happenings; {of_two[0]} of the {of_two[1]} that two reports tell of")


def _whole(
    gold: Mapping[str, str], found: Mapping[str, str], reports: Mapping[str, str] | None = None
) -> tuple[int, int]:
    """How many happenings are found whole, and of how many; with `reports`, of those that two or more tell of."""
    ours = {frozenset(keys) for keys in members({key: found[key] for key in gold}).values()}
    known = [
        frozenset(keys)
        for group, keys in members(gold).items()
        if " none " not in group and (reports is None or len({reports[key] for key in keys}) > 1)
    ]
    return sum(keys in ours for keys in known), len(known)


def _sentences(reports: Iterable[Grouped]) -> dict[str, str]:
    return {s.claim.key: f"{report.report} {s.claim.start}" for report in reports for s in report.statements}


def _within(reports: Iterable[Grouped], told: Iterable[Sequence[Telling]]) -> dict[str, str]:
    """The telling of each claim; what stands apart by its sentence."""
    found = _sentences(reports)
    standing = _apart(reports, told)
    for tellings in told:
        for telling in tellings:
            found |= {key: telling.key for key in telling.claims if key not in standing}
    return found


def _across(reports: Sequence[Grouped], told: Sequence[Telling]) -> dict[str, str]:
    """The incident of each claim; what stands apart by its sentence."""
    known = {s.claim.key: s for report in reports for s in report.statements}
    found = _sentences(reports)
    for incident in gather(told, link(told, known), known):
        found |= dict.fromkeys(incident.claims, incident.id)
    return found


def _apart(reports: Iterable[Grouped], told: Iterable[Sequence[Telling]]) -> set[str]:
    """The claims of tellings that are of no incident."""
    known = {s.claim.key: s for report in reports for s in report.statements}
    of_none = (one for tellings in told for one in tellings if reason_of(one, known) is not None)
    return {key for one in of_none for key in one.claims}
