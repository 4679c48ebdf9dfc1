"""A report: one published text as captured, its zones and its passages."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from parallax.model.slots import digest


class ZoneKind(StrEnum):
    """What part of a captured page a stretch of text is."""

    HEADLINE = "headline"
    BODY = "body"
    CAPTION = "caption"
    QUOTED = "quoted"
    COMMENT = "comment"
    CLUTTER = "clutter"


class DateSource(StrEnum):
    """Where a publication date was found, the surest first."""

    GIVEN = "given"
    METADATA = "metadata"
    JSON_LD = "json-ld"
    HEADER = "header"
    FEED = "feed"
    URL = "url"
    DATELINE = "dateline"


@dataclass(frozen=True, slots=True)
class Published:
    """When a report was published, and where that was found."""

    day: date
    source: DateSource


@dataclass(frozen=True, slots=True)
class Zone:
    """A stretch of a report's text and what part of the page it is."""

    kind: ZoneKind
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Capture:
    """The bytes a report was read from, as they came."""

    sha256: str
    name: str
    media_type: str
    data: bytes = field(repr=False)

    @classmethod
    def of(cls, data: bytes, name: str, media_type: str) -> Capture:
        """The capture of these bytes, hashed."""
        return cls(hashlib.sha256(data).hexdigest(), name, media_type, data)


@dataclass(frozen=True, slots=True)
class Report:
    """One published text as captured. Build it with `Report.of`, which sets the key."""

    key: str
    id: str
    text: str
    title: str | None = None
    outlet: str | None = None
    author: str | None = None
    published: Published | None = None
    language: str | None = None
    url: str | None = None
    zones: tuple[Zone, ...] = ()
    capture: str | None = None

    @classmethod
    def of(
        cls,
        text: str,
        *,
        id: str | None = None,
        title: str | None = None,
        outlet: str | None = None,
        author: str | None = None,
        published: Published | None = None,
        language: str | None = None,
        url: str | None = None,
        zones: tuple[Zone, ...] = (),
        capture: str | None = None,
    ) -> Report:
        """A report whose key is the digest of what it says; `id` falls back to the URL, then the key.

        Two captures of one page that say the same get one key; a changed page gets
        another key under the same id.
        """
        day = published.day.isoformat() if published else None
        key = digest(id, text, title, outlet, author, day, language, url)
        return cls(key, id or url or key, text, title, outlet, author, published, language, url, zones, capture)


@dataclass(frozen=True, slots=True)
class Passage:
    """A sentence (or headline, or caption) of a report."""

    start: int
    end: int
    text: str
    zone: ZoneKind
    paragraph: int


@dataclass(frozen=True, slots=True)
class Likeness:
    """What two reports have in common of which one is a copy of the other: how much of each stands in the other."""

    a_in_b: float
    b_in_a: float
    same: bool = False  # the very same words

    @property
    def turned(self) -> Likeness:
        """The same of the two in the other order."""
        return Likeness(self.b_in_a, self.a_in_b, self.same)


@dataclass(frozen=True, slots=True)
class Origin:
    """The first report of the same text, and the share of this report's text that stands in it."""

    report: str
    share: float
