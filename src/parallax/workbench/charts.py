"""Charts drawn on the server as SVG, so that they need no script and print as they look."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup, escape

from parallax.model import Kind, Scope, Statement

WIDTH, HEIGHT, LEFT, BOTTOM, TOP = 900, 220, 56, 28, 12


def killed_over_time(statements: Sequence[Statement]) -> Markup | None:
    """One voice's claims of people killed, each at its first day from its low to its high end.

    None where fewer than two of its claims give a day and a number.
    """
    marks = [s for s in statements if s.claim.kind is Kind.KILLED and s.claim.when and s.claim.count]
    if len(marks) < 2:
        return None
    first = min(s.claim.when.first for s in marks if s.claim.when)
    span = max(1, *((s.claim.when.first - first).days for s in marks if s.claim.when))
    top = max(1, *(_high(s) for s in marks))
    parts = [
        f'<svg viewBox="0 0 {WIDTH} {HEIGHT}" role="img" '
        f'aria-label="{len(marks)} claims of people killed, the highest {top}">',
        f'<line class="axis" x1="{LEFT}" y1="{HEIGHT - BOTTOM}" x2="{WIDTH}" y2="{HEIGHT - BOTTOM}"/>',
    ]
    for value in sorted({0, top // 2, top}):
        y = _y(value, top)
        parts.append(f'<line class="grid" x1="{LEFT}" y1="{y}" x2="{WIDTH}" y2="{y}"/>')
        parts.append(f'<text x="{LEFT - 6}" y="{y + 4}" text-anchor="end">{value:,}</text>')
    for s in marks:
        parts.append(_mark(s, (s.claim.when.first - first).days / span if s.claim.when else 0.0, top))
    last = max(s.claim.when.first for s in marks if s.claim.when)
    parts.append(f'<text x="{LEFT}" y="{HEIGHT - 6}">{first.isoformat()}</text>')
    parts.append(f'<text x="{WIDTH}" y="{HEIGHT - 6}" text-anchor="end">{last.isoformat()}</text></svg>')
    return Markup("".join(parts))


def _high(statement: Statement) -> int:
    count = statement.claim.count
    return 0 if count is None else max(count.low or 0, count.high or 0)


def _y(value: int, top: int) -> float:
    return round(HEIGHT - BOTTOM - (HEIGHT - BOTTOM - TOP) * value / top, 1)


def _mark(statement: Statement, share: float, top: int) -> str:
    claim, count = statement.claim, statement.claim.count
    if count is None:
        return ""
    x = round(LEFT + 8 + (WIDTH - LEFT - 16) * share, 1)
    low, high = count.low if count.low is not None else 0, _high(statement)
    words = escape(f"{claim.when.first.isoformat() if claim.when else ''}: {count.text}")
    style = "mark total" if claim.scope is Scope.TOTAL else "mark"
    return (
        f'<a href="/reports/{escape(claim.report)}#c-{escape(claim.key)}"><title>{words}</title>'
        f'<line class="{style}" x1="{x}" y1="{_y(low, top)}" x2="{x}" y2="{_y(high, top) - 0.1}"/>'
        f'<circle class="{style}" cx="{x}" cy="{_y(high, top)}" r="4"/></a>'
    )
