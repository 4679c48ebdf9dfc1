"""What a report points to: pictures, films and posts, as links to follow by choice; nothing of them is loaded."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import urlsplit

from parallax.model import Report
from parallax.workbench.words import web_address

_ADDRESS = re.compile(r"https?://[^\s<>\"'“”()\[\]{}|\\^`]{4,2000}")
_PICTURE = re.compile(r"\.(?:jpe?g|png|gif|webp|bmp|tiff?|heic)$", re.IGNORECASE)
_FILM = re.compile(r"\.(?:mp4|mov|webm|avi|mkv|m4v|3gp)$", re.IGNORECASE)
_FILMS = ("youtube.com", "youtu.be", "vimeo.com", "dailymotion.com")
_POSTS = ("twitter.com", "x.com", "facebook.com", "fb.watch", "t.me", "instagram.com", "tiktok.com", "vk.com")
MOST = 40


@dataclass(frozen=True, slots=True)
class Pointer:
    """One address that a text gives: "picture", "film", "post" or "page"."""

    kind: str
    address: str
    host: str


def pointers(report: Report) -> tuple[Pointer, ...]:
    """The addresses in a report's text, each once, in their order; at most some dozens."""
    found: dict[str, Pointer] = {}
    for match in _ADDRESS.finditer(report.text):
        address = match[0].rstrip(".,;:!?…")
        if address not in found and web_address(address) and (pointer := _pointer(address)) is not None:
            found[address] = pointer
        if len(found) == MOST:
            break
    return tuple(found.values())


def _pointer(address: str) -> Pointer | None:
    try:
        parts = urlsplit(address)
        host = (parts.hostname or "").removeprefix("www.").removeprefix("m.")
    except ValueError:
        return None
    if not host:
        return None
    kind = "page"
    if _PICTURE.search(parts.path):
        kind = "picture"
    elif _FILM.search(parts.path) or _is_of(host, _FILMS):
        kind = "film"
    elif _is_of(host, _POSTS):
        kind = "post"
    return Pointer(kind, address, host)


def _is_of(host: str, hosts: tuple[str, ...]) -> bool:
    return any(host == one or host.endswith(f".{one}") for one in hosts)
