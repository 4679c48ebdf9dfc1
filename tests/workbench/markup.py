"""Asking a page's HTML for its parts, typed."""

from __future__ import annotations

import httpx2
from lxml import html
from lxml.html import HtmlElement


def parsed(page: httpx2.Response) -> HtmlElement:
    """The page's tree."""
    root = html.fromstring(page.content)
    assert isinstance(root, HtmlElement)
    return root


def elements(root: HtmlElement, path: str) -> list[HtmlElement]:
    """The elements of an XPath."""
    found = root.xpath(path)
    assert isinstance(found, list)
    return [each for each in found if isinstance(each, HtmlElement)]


def values(root: HtmlElement, path: str) -> list[str]:
    """The attributes or texts of an XPath."""
    found = root.xpath(path)
    assert isinstance(found, list)
    return [str(each) for each in found]


def words(root: HtmlElement, path: str) -> str:
    """All the text of the first element of an XPath."""
    return "".join(str(part) for part in elements(root, path)[0].itertext())
