"""Adding a claim by its words: a person selects or types them, and they are found in the report's text."""

from __future__ import annotations

import re
from typing import Annotated

from fastapi import APIRouter, Depends, Form, Request, Response

from parallax.errors import JudgementError
from parallax.model import Verb
from parallax.workbench.acting import Role, acting
from parallax.workbench.deciding import decide
from parallax.workbench.pages import ledger_of, missing

router = APIRouter()
LONGEST = 4000


@router.post("/reports/{key}/claims")
def add(
    request: Request,
    key: str,
    slots: Annotated[dict[str, str], Depends(decide.slots)],
    words: Annotated[str, Form()],
    kind: Annotated[str, Form()],
    which: Annotated[str, Form()] = "1",
    start: Annotated[str, Form()] = "",
    why: Annotated[str, Form()] = "",
    back: Annotated[str, Form()] = "/",
) -> Response:
    """Add a claim that stands at these words: where they were selected, else where they stand for the time named."""
    acting(request, Role.CODER)
    report = ledger_of(request).report(key)
    if report is None:
        raise missing(f"No report {key} is in this ledger.")
    found = place(report.text, words, _number(which) or 1, _number(start))
    form = decide.asked(
        request,
        slots,
        Verb.ADD,
        report=key,
        start=str(found[0]),
        end=str(found[1]),
        kind=kind,
        why=why,
        back=back,
    )
    return decide.decide(request, form)


def place(text: str, words: str, which: int = 1, near: int | None = None) -> tuple[int, int]:
    """Where words stand in a text, as code points, whatever white space they are broken by.

    Where they stand more than once, the time nearest to `near` is meant, else the `which`th.
    Raises JudgementError where they do not.
    """
    parts = words[:LONGEST].split()
    if not parts:
        raise JudgementError("give the words of the claim as they stand in the text")
    found = [(at.start(), at.end()) for at in re.finditer(r"\s+".join(map(re.escape, parts)), text)]
    if not found:
        raise JudgementError(f"“{' '.join(parts)[:80]}” does not stand in this text: copy the words from it")
    if near is not None:
        return min(found, key=lambda span: (abs(span[0] - near), span[0]))
    if not 1 <= which <= len(found):
        raise JudgementError(f"these words stand {len(found)} times in this text: say which time, 1 to {len(found)}")
    return found[which - 1]


def _number(words: str) -> int | None:
    return int(words) if words.isascii() and words.isdigit() and len(words) < 10 else None
