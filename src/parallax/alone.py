"""What is done with one report by itself: light to load, since every worker process loads it."""

from __future__ import annotations

from parallax import config
from parallax.claims import reader
from parallax.model import Claim, PlaceMention, Report
from parallax.names import gazetteer, places
from parallax.reports.fault import Fault


def faulty(report: Report, error: Exception) -> Fault:
    """One report that breaks a step must not sink the others; it is named, and stays unread."""
    broken = f"{type(error).__name__}: {error}"
    return Fault(report.id, None, f"a fault of Parallax, not of the report ({broken}); it is kept, and tried again")


def read_claims(report: Report) -> tuple[Claim, ...] | Fault:
    """Every claim of one report."""
    try:
        return reader.read(report)
    except Exception as error:
        return faulty(report, error)


def find_places(report: Report) -> tuple[PlaceMention, ...] | Fault:
    """Every place that one report names."""
    try:
        return places.find(report, gazetteer.load(config.gazetteers()))
    except Exception as error:
        return faulty(report, error)
