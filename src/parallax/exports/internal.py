"""How a file says, inside and by its name, that it is for the team's own use: not all in it is signed off."""

from __future__ import annotations

MARK = "Internal: not signed off, not for publication."
COLUMN, VALUE = "sign_off", "internal"


def file_name(stem: str, suffix: str, *, public: bool = False) -> str:
    """The name of a file: "parallax-tally-internal.csv"."""
    return f"{stem}{'' if public else '-internal'}.{suffix}"


def disposition(stem: str, suffix: str, *, public: bool = False, shown: bool = False) -> dict[str, str]:
    """The header that names a file; one that is `shown` is data of a page, and named if somebody keeps it."""
    how = "inline" if shown else "attachment"
    return {"Content-Disposition": f'{how}; filename="{file_name(stem, suffix, public=public)}"'}
