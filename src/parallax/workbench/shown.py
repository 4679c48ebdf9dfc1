"""Pages that would lead to a source at risk are not shown to readers at all."""

from __future__ import annotations

from fastapi import Request

from parallax.errors import WithheldError
from parallax.workbench.pages import ledger_of, reach_of, whole_ledger_of

WITHHELD = "withheld-"
NUMBERED = "at-risk-"


def require_shown(request: Request) -> None:
    """Let only requests through whose page does not lead to a source at risk. Raises WithheldError."""
    path, key = getattr(request.scope.get("route"), "path", ""), str(request.path_params.get("key", ""))
    if not (path.startswith(("/reports/{key}", "/voices/{key"))):
        return
    if key.startswith((WITHHELD, NUMBERED)):
        raise WithheldError("This source is at risk: its name and its pages are shown to coders, reviewers and admins.")
    shielded = ledger_of(request) is not whole_ledger_of(request)
    if path.startswith("/reports/") and shielded and key in reach_of(request).reports:
        raise WithheldError(
            "The text of this report leads to a source at risk: it is shown to coders, reviewers and admins."
        )
