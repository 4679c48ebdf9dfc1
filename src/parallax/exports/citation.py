"""One claim as people cite it: the words, who published them, when, and where to check them."""

from __future__ import annotations

from collections.abc import Iterable

from parallax.exports.internal import MARK
from parallax.model import Report, Statement

# A sentence longer than this is cut in a citation; the ledger has it whole.
LONGEST = 1000
FORMATS = {"txt": "text/plain", "ris": "application/x-research-info-systems", "bib": "application/x-bibtex"}


def plain(report: Report, statement: Statement, address: str, *, public: bool = False) -> str:
    """A citation in words, a line each: quote, source, address, capture, the claim in this ledger.

    Unless the claim's incident is `public`, every form says that it is internal.
    """
    lines = [
        f"“{quote(report, statement)}”",
        ", ".join(part for part in (report.author, report.outlet, _titled(report), _day(report)) if part),
        report.url or "",
        f"Captured text SHA-256 {report.capture}" if report.capture else "",
        f"Claim {statement.claim.key} ({statement.claim.kind.value.replace('_', ' ')}): {address}",
        "" if public else MARK,
    ]
    return "\n".join(_line(line) for line in lines if line)


def ris(report: Report, statement: Statement, address: str, *, public: bool = False) -> str:
    """The same as a record in RIS (Research Information Systems, type NEWS), as reference managers read it."""
    fields = [
        ("TY", "NEWS"),
        ("AU", report.author),
        ("TI", report.title or report.id),
        ("T2", report.outlet),
        ("DA", report.published.day.strftime("%Y/%m/%d/") if report.published else None),
        ("PY", str(report.published.day.year) if report.published else None),
        ("LA", report.language),
        ("UR", report.url),
        ("AB", quote(report, statement)),
        ("M1", f"SHA-256 {report.capture}" if report.capture else None),
        ("N1", f"Claim {statement.claim.key}: {address}"),
        ("N1", None if public else MARK),
        ("ER", ""),
    ]
    return "".join(f"{tag}  - {_line(value)}\r\n" for tag, value in fields if value is not None)


def bibtex(report: Report, statement: Statement, address: str, *, public: bool = False) -> str:
    """The same as a BibTeX entry of type `misc`."""
    fields = [
        ("author", report.author and f"{{{_tex(report.author)}}}"),
        ("title", f"{{{_tex(report.title or report.id)}}}"),
        ("howpublished", report.outlet and _tex(report.outlet)),
        ("year", str(report.published.day.year) if report.published else None),
        ("date", report.published.day.isoformat() if report.published else None),
        ("language", report.language and _tex(report.language)),
        ("url", report.url and _tex(report.url)),
        ("abstract", _tex(quote(report, statement))),
        ("note", _tex("; ".join(_notes(report, statement, address, public)))),
    ]
    inside = ",\n".join(f"  {name} = {{{value}}}" for name, value in fields if value)
    return f"@misc{{parallax-{statement.claim.key},\n{inside}\n}}\n"


def quote(report: Report, statement: Statement) -> str:
    """The claim's sentence on one line."""
    words = _line(report.text[statement.claim.start : statement.claim.end])
    return words if len(words) <= LONGEST else words[: LONGEST - 1] + "…"


def _notes(report: Report, statement: Statement, address: str, public: bool) -> Iterable[str]:
    if report.capture:
        yield f"Captured text SHA-256 {report.capture}"
    yield f"Claim {statement.claim.key}: {address}"
    if not public:
        yield MARK


def _titled(report: Report) -> str | None:
    return f"“{report.title}”" if report.title else None


def _day(report: Report) -> str:
    return f"{report.published.day.day} {report.published.day:%B %Y}" if report.published else "undated"


def _line(words: str) -> str:
    """On one line, without control characters: no value begins a field of its own."""
    return " ".join("".join(mark if mark.isprintable() else " " for mark in words).split())


def _tex(words: str) -> str:
    """Words that TeX sets as they are."""
    return "".join(_TEX.get(mark, mark) for mark in _line(words))


_TEX = {
    "\\": "\\textbackslash{}",
    "~": "\\textasciitilde{}",
    "^": "\\textasciicircum{}",
    **{mark: "\\" + mark for mark in "{}%&$#_"},
}
