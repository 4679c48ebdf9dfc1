"""One small file of every kind, and what is read from it."""

from __future__ import annotations

import gzip
import io
import json
import socket
import tarfile
import zipfile
from datetime import date
from typing import Any

import pytest

from parallax.model import DateSource, Published, Report, ZoneKind


def zone_texts(report: Report, kind: ZoneKind) -> list[str]:
    return [report.text[zone.start : zone.end] for zone in report.zones if zone.kind is kind]


def only(reading: tuple[list[Any], list[Any]]) -> Any:
    taken, faults = reading
    assert [str(fault) for fault in faults] == []
    assert len(taken) == 1
    return taken[0]


def test_plain_text_has_a_headline_and_its_dateline(write: Any, reading: Any, paragraphs: Any) -> None:
    path = write("a.txt", f"Shelling hurts four\r\n\r\nTOWN, 5 April 2017 (Wire) – {paragraphs[0]}\r\n")
    taken = only(reading(path))
    report = taken.report
    assert report.title == "Shelling hurts four"
    assert zone_texts(report, ZoneKind.HEADLINE) == ["Shelling hurts four"]
    assert report.published == Published(date(2017, 4, 5), DateSource.DATELINE)
    assert report.language == "en"
    assert "\r" not in report.text
    assert report.id == report.key
    assert taken.capture.data == path.read_bytes()
    assert report.capture == taken.capture.sha256


def test_a_first_line_that_is_a_sentence_is_no_headline(write: Any, reading: Any, paragraphs: Any) -> None:
    report = only(reading(write("a.txt", "\n\n".join(paragraphs)))).report
    assert report.title is None
    assert zone_texts(report, ZoneKind.HEADLINE) == []


def test_markdown_front_matter_and_marks(write: Any, reading: Any, paragraphs: Any) -> None:
    text = f"""---
id: wire-1
title: "Shelling hurts four"
source: The Wire
author: A. Writer
date: 1854-10-17
lang: en
url: https://wire.example/a
demonstration: true
tags:
  - unread
---

{paragraphs[0].replace("eastern", "**eastern**")}
{paragraphs[1]}

> We saw the [smoke](https://x.example), said a baker.

![A fallen wall](wall.png)

## What the hospital says

- four hurt
- one of them *badly*
"""
    report = only(reading(write("b.md", text))).report
    assert (report.id, report.title, report.outlet, report.author) == (
        "wire-1",
        "Shelling hurts four",
        "The Wire",
        "A. Writer",
    )
    assert report.published == Published(date(1854, 10, 17), DateSource.GIVEN)
    assert (report.language, report.url) == ("en", "https://wire.example/a")
    assert zone_texts(report, ZoneKind.HEADLINE) == ["Shelling hurts four"]
    assert zone_texts(report, ZoneKind.QUOTED) == ["We saw the smoke, said a baker."]
    assert zone_texts(report, ZoneKind.CAPTION) == ["A fallen wall"]
    assert f"{paragraphs[0]} {paragraphs[1]}" in report.text
    assert "four hurt\none of them badly" in report.text
    assert "---" not in report.text
    assert "unread" not in report.text


def test_markdown_without_front_matter_takes_its_heading(write: Any, reading: Any, paragraphs: Any) -> None:
    report = only(reading(write("b.md", f"# Shelling hurts four\n\n{paragraphs[0]}\n\n---\n\n{paragraphs[1]}"))).report
    assert report.title == "Shelling hurts four"
    assert report.text == f"Shelling hurts four\n\n{paragraphs[0]}\n\n{paragraphs[1]}"


@pytest.mark.parametrize(
    ("front", "words"),
    [
        ("title: one\ntitle: two", "line 3"),
        ("title: one\nnot a pair", "line 3"),
        ("author:\n  - one\n  - two", "line 3"),
    ],
)
def test_broken_front_matter_names_its_line(write: Any, reading: Any, front: str, words: str) -> None:
    taken, faults = reading(write("b.md", f"---\n{front}\n---\n\nSome text of the report.\n"))
    assert taken == []
    assert len(faults) == 1
    assert words in faults[0].message


def test_front_matter_that_never_ends_is_a_fault(write: Any, reading: Any) -> None:
    taken, faults = reading(write("b.md", "---\ntitle: one\nauthor: two\n"))
    assert taken == []
    assert "not closed" in str(faults[0])


def test_html_keeps_the_article_and_leaves_the_clutter(write: Any, reading: Any, page: str, paragraphs: Any) -> None:
    taken = only(reading(write("c.html", page)))
    report = taken.report
    assert report.title == "Shelling hurts four in the east"
    assert (report.outlet, report.author, report.language) == ("The Wire", "A. Writer", "en")
    assert report.published == Published(date(2017, 4, 5), DateSource.JSON_LD)
    assert report.id == report.url == "https://wire.example/2017/04/05/shelling"
    assert zone_texts(report, ZoneKind.HEADLINE) == ["Shelling hurts four in the east"]
    assert zone_texts(report, ZoneKind.CAPTION) == ["A wall that fell in the east of the town"]
    assert zone_texts(report, ZoneKind.COMMENT) == ["I live there and I think that it was more than four."]
    (quoted,) = zone_texts(report, ZoneKind.QUOTED)
    assert quoted.startswith("We heard the shells")
    assert paragraphs[0] in report.text
    assert f"{paragraphs[1]} The last shell fell at dusk." in report.text
    for clutter in ("Home", "Sport pages", "Share on Facebook", "Ten killed", "Contact us"):
        assert clutter not in report.text
    assert taken.capture.data == page.encode()


def test_html_never_reaches_for_the_network(
    write: Any, reading: Any, page: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("a report was read over the network")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    doctype = '<!DOCTYPE html SYSTEM "http://127.0.0.1:9/x.dtd" [<!ENTITY a SYSTEM "http://127.0.0.1:9/a">]>'
    only(reading(write("c.html", page.replace("<!doctype html>", doctype).replace("dusk", "dusk &a;"))))


def test_dates_that_disagree_are_both_named(write: Any, reading: Any, page: str) -> None:
    meta = '<meta property="article:published_time" content="2017-04-09">'
    taken, faults = reading(write("c.html", page.replace("<title>", f"{meta}<title>")))
    assert taken[0].report.published == Published(date(2017, 4, 9), DateSource.METADATA)
    (fault,) = faults
    assert fault.kept
    assert "2017-04-09" in fault.message
    assert "2017-04-05" in fault.message


def test_a_page_too_short_for_an_article_still_gives_its_text(write: Any, reading: Any) -> None:
    report = only(
        reading(write("c.html", "<html><body><nav>Home</nav><p>Two people were hurt.</p></body></html>"))
    ).report
    assert report.text == "Two people were hurt."


def test_a_theme_that_names_the_page_after_its_sidebar_loses_nothing(write: Any, reading: Any, paragraphs: Any) -> None:
    first, second = paragraphs
    page = f"""<html><body class="comments-open"><form id="aspnet"><div class="site has-sidebar sidebar-layout">
<article class="post comments-open"><h1>Four hurt</h1><p>{first}</p>
<table><tr><th>Place</th><th>Hurt</th></tr><tr><td>Mill quarter</td><td>4</td></tr></table>
<p>{second}</p><ul><li>Four hurt</li><li>One house burnt</li></ul><p class="wp-caption-text">A wall</p></article>
<div id="sidebar"><p>Ten people were killed in another town, officials of the province say.</p></div>
<div class="comment-list"><p>It was ten.</p></div></div></form></body></html>"""
    report = only(reading(write("c.html", page))).report
    for part in (first, second, "Place | Hurt", "Mill quarter | 4", "Four hurt\n\nOne house burnt"):
        assert part in report.text
    assert "Ten people" not in report.text
    assert zone_texts(report, ZoneKind.CAPTION) == ["A wall"]
    assert zone_texts(report, ZoneKind.COMMENT) == ["It was ten."]


def test_paragraphs_made_of_line_breaks(write: Any, reading: Any, paragraphs: Any) -> None:
    first, second = paragraphs
    page = f"<html><body><table><tr><td>{first}<br><br>{second}</td></tr></table></body></html>"
    assert only(reading(write("c.html", page))).report.text == f"{first}\n\n{second}"


def test_a_page_saved_as_mhtml(write: Any, reading: Any, letter: Any, page: str) -> None:
    message = letter("")
    message["Snapshot-Content-Location"] = "https://wire.example/live"
    message.set_content(page, subtype="html")
    taken = only(reading(write("c.mhtml", message.as_bytes())))
    assert taken.report.title == "Shelling hurts four in the east"
    assert taken.report.url == "https://wire.example/live"
    assert taken.capture.media_type == "multipart/related"


def test_pdf_joins_lines_to_paragraphs(write: Any, reading: Any, pdf: Any) -> None:
    pages = [
        [
            "The Wire daily",
            "Shells fell on the eastern quarter of the town on Tues-",
            "day and hurt four people.",
            f"Page {n}",
        ]
        for n in (1, 2, 3)
    ]
    data = pdf(pages, "/Title (Shelling hurts four) /Author (A. Writer) /CreationDate (D:20170405101010+03'00')")
    report = only(reading(write("d.pdf", data))).report
    assert report.title == "Shelling hurts four"
    assert report.author == "A. Writer"
    assert report.published == Published(date(2017, 4, 5), DateSource.METADATA)
    assert "Shells fell on the eastern quarter of the town on Tuesday and hurt four people." in report.text
    clutter = "\n".join(zone_texts(report, ZoneKind.CLUTTER))
    assert clutter.count("The Wire daily") == 3
    assert "Page 2" in clutter


def test_docx_styles_become_zones(write: Any, reading: Any, word: Any, paragraphs: Any) -> None:
    data = word(
        ("Title", "Shelling hurts four"), ("Normal", paragraphs[0]), ("Caption", "A wall"), ("Quote", "It fell."),
        cells=("Killed", "4"),
    )  # fmt: skip
    report = only(reading(write("e.docx", data))).report
    assert report.title == "Shelling hurts four"
    assert zone_texts(report, ZoneKind.HEADLINE) == ["Shelling hurts four"]
    assert zone_texts(report, ZoneKind.CAPTION) == ["A wall"]
    assert zone_texts(report, ZoneKind.QUOTED) == ["It fell."]
    assert report.text.endswith("Killed | 4")


def test_eml_and_what_it_carries(write: Any, reading: Any, letter: Any, paragraphs: Any) -> None:
    message = letter(f"{paragraphs[0]}\n\n> an earlier word\n\n-- \nThe Wire")
    inner = letter("Two people were hurt.", "Another message")
    message.add_attachment(inner)
    message.add_attachment(
        b'{"text": "Ten people were killed."}', maintype="application", subtype="json", filename="x.jsonl"
    )
    message.add_attachment(b"\x89PNG....", maintype="image", subtype="png", filename="logo.png")
    taken, faults = reading(write("f.eml", message.as_bytes()))
    assert faults == []
    first, second, third = (one.report for one in taken)
    assert (first.title, first.author) == ("Shelling hurts four", "The Wire")
    # The day where it was sent; in UTC it is already the next.
    assert first.published == Published(date(2017, 4, 5), DateSource.HEADER)
    assert zone_texts(first, ZoneKind.QUOTED) == ["an earlier word"]
    assert zone_texts(first, ZoneKind.CLUTTER) == ["--\nThe Wire"]
    assert (second.title, second.text) == ("Another message", "Another message\n\nTwo people were hurt.")
    assert third.text == "Ten people were killed."


def test_eml_of_html_only(write: Any, reading: Any, letter: Any, paragraphs: Any) -> None:
    message = letter("")
    message.set_content(f"<html><body><p>{paragraphs[0]}</p><p>{paragraphs[1]}</p></body></html>", subtype="html")
    report = only(reading(write("f.eml", message.as_bytes()))).report
    assert report.text == f"Shelling hurts four\n\n{paragraphs[0]}\n\n{paragraphs[1]}"


def test_json_lines_capture_is_the_line(write: Any, reading: Any) -> None:
    lines = [
        json.dumps({"id": str(n), "text": f"Report {n}:\tfour hurt.", "date": "2017-04-05T23:30:00Z"}) for n in (1, 2)
    ]
    taken, faults = reading(write("g.jsonl", "\ufeff" + "\r\n".join(lines)))
    assert faults == []
    assert [one.capture.data.decode() for one in taken] == lines
    assert [one.report.id for one in taken] == ["1", "2"]
    assert taken[0].report.published == Published(date(2017, 4, 5), DateSource.GIVEN)


def test_json_lines_faults_name_their_line_and_the_rest_goes_on(write: Any, reading: Any) -> None:
    content = (
        b'{"text": "one"}\n{"text": \n\n[1]\n{"text": 3}\n{"text": "\xff"}\n{"text": "two", "date": "last week"}\n'
    )
    taken, faults = reading(write("g.jsonl", content))
    assert [one.report.text for one in taken] == ["one", "two"]
    assert [fault.place for fault in faults] == ["line 2", "line 4", "line 5", "line 6", "line 7"]
    assert [fault.kept for fault in faults] == [False, False, False, False, True]


@pytest.mark.parametrize("mark", [",", ";", "\t"])
def test_table_columns_by_name(write: Any, reading: Any, mark: str) -> None:
    rows = [mark.join(("Headline", "Body", "Source", "Published", "Link", "id"))]
    rows.append(
        mark.join(("Four hurt", '"Four people\nwere ""hurt""."', "The Wire", "05.04.2017", "https://w.example/1", "7"))
    )
    rows.append(mark.join(("No text", "", "", "", "", "8")))
    rows.append(mark.join(("", "Two were hurt.", "", "someday", "", "9")))
    taken, faults = reading(write("h.csv", "\n".join(rows)))
    first, second = (one.report for one in taken)
    assert first.text == 'Four hurt\n\nFour people\nwere "hurt".'
    assert (first.id, first.title, first.outlet, first.url) == ("7", "Four hurt", "The Wire", "https://w.example/1")
    assert first.published == Published(date(2017, 4, 5), DateSource.GIVEN)
    assert taken[0].capture.data.decode() == rows[1]
    assert (second.id, second.published) == ("9", None)
    assert [(fault.place, fault.kept) for fault in faults] == [("line 4", False), ("line 5", True)]


def test_table_columns_by_mapping(write: Any, reading: Any) -> None:
    path = write("h.csv", "nr,words\n1,Four people were hurt.\n")
    taken, faults = reading(path)
    assert taken == []
    assert "nr, words" in faults[0].message
    taken, faults = reading(path, mapping={"text": "words", "id": "nr"})
    assert faults == []
    assert (taken[0].report.id, taken[0].report.text) == ("1", "Four people were hurt.")
    for wrong in ({"text": "missing"}, {"words": "text"}):
        taken, faults = reading(path, mapping=wrong)
        assert taken == []
        assert len(faults) == 1


def test_rss_and_atom_entries(write: Any, reading: Any, paragraphs: Any) -> None:
    rss = f"""<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel><title>The Wire</title>
<language>en-GB</language><item><title>Smoke &amp; fire</title><link>https://w.example/a</link>
<description>&lt;p&gt;{paragraphs[0]}&lt;/p&gt;&lt;p&gt;{paragraphs[1]}&lt;/p&gt;</description>
<pubDate>Wed, 05 Apr 2017 23:30:00 -0300</pubDate></item></channel></rss>"""
    report = only(reading(write("i.rss", rss))).report
    assert report.text == f"Smoke & fire\n\n{paragraphs[0]}\n\n{paragraphs[1]}"
    assert (report.outlet, report.language, report.id) == ("The Wire", "en", "https://w.example/a")
    assert report.published == Published(date(2017, 4, 5), DateSource.FEED)
    atom = f"""<feed xmlns="http://www.w3.org/2005/Atom"><title>The Wire</title>
<entry><title>Fire</title><link href="https://w.example/b"/><updated>2017-04-06T10:00:00Z</updated>
<author><name>A. Writer</name></author><content type="html">&lt;p&gt;{paragraphs[0]}&lt;/p&gt;</content></entry>
<entry><title>Second</title><link href="https://w.example/c"/><summary>{paragraphs[1]}</summary></entry></feed>"""
    taken, faults = reading(write("i.xml", atom))
    assert faults == []
    assert [one.report.title for one in taken] == ["Fire", "Second"]
    assert taken[0].report.author == "A. Writer"
    assert taken[0].capture.sha256 == taken[1].capture.sha256


@pytest.mark.parametrize("packed", [True, False])
def test_warc_pages(write: Any, reading: Any, web_archive: Any, page: str, packed: bool) -> None:
    data = web_archive(
        ("https://wire.example/p", "text/html; charset=utf-8", page.encode(), "200 OK"),
        ("https://wire.example/gone", "text/html", b"<p>Not found</p>", "404 Not Found"),
        ("https://wire.example/s.css", "text/css", b"p {}", "200 OK"),
        ("https://wire.example/t.txt", "text/plain", b"Two people were hurt.", "200 OK"),
        packed=packed,
    )
    taken, faults = reading(write("j.warc.gz" if packed else "j.warc", data))
    assert faults == []
    assert [one.report.url for one in taken] == ["https://wire.example/p", "https://wire.example/t.txt"]
    assert taken[0].capture.data == page.encode()
    assert taken[1].report.text == "Two people were hurt."


def test_archives_and_archives_in_archives(write: Any, reading: Any, paragraphs: Any) -> None:
    inner = io.BytesIO()
    with tarfile.open(fileobj=inner, mode="w:gz") as tar:
        member = tarfile.TarInfo("deep/b.txt")
        member.size = len(paragraphs[1])
        tar.addfile(member, io.BytesIO(paragraphs[1].encode()))
        link = tarfile.TarInfo("link.txt")
        link.type, link.linkname = tarfile.SYMTYPE, "/etc/hostname"
        tar.addfile(link)
    outer = io.BytesIO()
    with zipfile.ZipFile(outer, "w") as archive:
        archive.writestr("z.tar.gz", inner.getvalue())
        archive.writestr("../../a.txt", paragraphs[0])
        archive.writestr(".hidden/c.txt", "never read")
        archive.writestr("d.txt.gz", gzip.compress(b"Three people were hurt."))
    taken, faults = reading(write("k.zip", outer.getvalue()))
    assert faults == []
    assert [one.report.text for one in taken] == [paragraphs[0], "Three people were hurt.", paragraphs[1]]


def test_content_beats_the_suffix(write: Any, reading: Any, page: str, pdf: Any) -> None:
    assert only(reading(write("page.txt", page))).capture.media_type == "text/html"
    assert only(reading(write("paper.txt", pdf([["Four people were hurt."]])))).capture.media_type == "application/pdf"
    assert (
        only(reading(write("lines.txt", '{"text": "Four people were hurt."}'))).capture.media_type == "application/json"
    )
