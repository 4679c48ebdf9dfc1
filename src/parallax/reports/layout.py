"""Blocks of a page laid one after another into one text with its zones."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from parallax.model import Zone, ZoneKind
from parallax.reports.normalise import normalise

_GAP = "\n\n"


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, headline or caption as extracted, and what part of the page it is."""

    kind: ZoneKind
    text: str


def lay(blocks: Iterable[Block]) -> tuple[str, tuple[Zone, ...]]:
    """The blocks, each normalised, with an empty line between; neighbours of one kind share a zone.

    Each block is normalised before its offsets are taken, so zones are true to the text.
    A block that holds nothing visible is left out.
    """
    parts: list[str] = []
    zones: list[Zone] = []
    at = 0
    for block in blocks:
        words = normalise(block.text)
        if not words.strip():
            continue
        if parts:
            at += len(_GAP)
        end = at + len(words)
        if zones and zones[-1].kind is block.kind and block.kind is not ZoneKind.HEADLINE:
            zones[-1] = Zone(block.kind, zones[-1].start, end)
        else:
            zones.append(Zone(block.kind, at, end))
        parts.append(words)
        at = end
    return _GAP.join(parts), tuple(zones)
