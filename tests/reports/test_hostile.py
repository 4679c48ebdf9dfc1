"""Files that are broken, empty, locked, huge, binary or made to harm: one clear line each, and the rest goes on."""

from __future__ import annotations

import gzip
import io
import os
import tarfile
import time
import zipfile
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pypdf
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from parallax.reports.fault import Fault, Taken
from parallax.reports.read import read

SUFFIXES = (
    "txt",
    "md",
    "html",
    "pdf",
    "docx",
    "eml",
    "jsonl",
    "csv",
    "rss",
    "xml",
    "warc",
    "warc.gz",
    "zip",
    "tar.gz",
    "gz",
    "",
)
STARTS = (
    *(b"", b"%PDF-1.7\n", b"PK\x03\x04", b"PK\x05\x06", b"\x1f\x8b\x08\x00", b"WARC/1.0\r\n", b"<html>", b"<feed>"),
    *(b"<?xml version='1.0'?><rss>", b'{"text":', b"---\ntitle: x\n", b"From: a\nTo: b\nSubject: c\n\n"),
    *(b"text,title\n", b"\xff\xfe", b"\xef\xbb\xbf", b"["),
)


def one_fault(reading: tuple[list[Any], list[Any]], *words: str) -> str:
    taken, faults = reading
    assert taken == []
    assert len(faults) == 1
    line = str(faults[0])
    assert "\n" not in line
    for word in words:
        assert word in line
    return line


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_an_empty_file_is_one_fault(write: Any, reading: Any, suffix: str) -> None:
    one_fault(reading(write(f"a.{suffix}".rstrip("."), b"")), "is empty")


@pytest.mark.parametrize("suffix", ["txt", "md", "eml", "csv", "jsonl"])
def test_a_file_of_blanks_is_one_fault(write: Any, reading: Any, suffix: str) -> None:
    one_fault(reading(write(f"a.{suffix}", b" \n\n \t\n")))


@pytest.mark.parametrize("suffix", ["pdf", "docx", "zip", "gz", "tar", "warc"])
def test_text_under_a_name_that_promises_more_is_one_fault(write: Any, reading: Any, suffix: str) -> None:
    one_fault(reading(write(f"a.{suffix}", b"Four people were hurt.")), f"a.{suffix}", "save it again")


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_noise_is_one_fault(write: Any, reading: Any, suffix: str) -> None:
    noise = bytes((index * 7919 + index // 3) % 256 for index in range(5000))
    one_fault(reading(write(f"a.{suffix}".rstrip("."), noise)))


def test_a_picture_says_what_to_do(write: Any, reading: Any) -> None:
    one_fault(reading(write("a.png", b"\x89PNG\r\n\x1a\n")), "text recognition")


def test_old_word_and_rich_text_say_what_to_do(write: Any, reading: Any) -> None:
    one_fault(reading(write("a.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600)), "DOCX")
    one_fault(reading(write("a.rtf", rb"{\rtf1 Four people}")), "DOCX")


def test_a_spreadsheet_says_what_to_do(write: Any, reading: Any) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("xl/workbook.xml", "<workbook/>")
    one_fault(reading(write("a.xlsx", out.getvalue())), "CSV")


def test_a_locked_pdf_says_to_remove_the_password(write: Any, reading: Any, pdf: Any) -> None:
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(pdf([["Four people were hurt."]])))
    writer.encrypt("secret", algorithm="RC4-128")
    out = io.BytesIO()
    writer.write(out)
    one_fault(reading(write("a.pdf", out.getvalue())), "remove the password")


def test_a_pdf_without_text_says_to_recognise_it(write: Any, reading: Any, pdf: Any) -> None:
    one_fault(reading(write("a.pdf", pdf([[]]))), "OCR")


def test_cut_files_are_one_fault_each(
    write: Any, reading: Any, pdf: Any, word: Any, web_archive: Any, paragraphs: Any
) -> None:
    whole = {
        "a.pdf": pdf([[paragraphs[0]]])[:300],
        "b.docx": word(("Normal", paragraphs[0]))[:-200],
        "c.gz": gzip.compress(os.urandom(4000))[:2000],
        "d.zip": b"PK\x03\x04" + b"\0" * 100,
    }
    for name, data in whole.items():
        one_fault(reading(write(name, data)), name)
    archive = web_archive(("https://w.example/t", "text/plain", paragraphs[0].encode() * 50, "200 OK"))
    plain = web_archive(("https://w.example/t", "text/plain", paragraphs[0].encode() * 50, "200 OK"), packed=False)
    for data, name in ((archive, "e.warc.gz"), (plain, "f.warc")):
        taken, faults = reading(write(name, data + data[: len(data) // 2]))
        assert len(taken) == 1
        assert [(fault.place, "damaged" in fault.message) for fault in faults] == [("record 2", True)]


def test_a_record_of_the_wrong_length_is_said(
    write: Any, reading: Any, web_archive: Any, capfd: pytest.CaptureFixture[str]
) -> None:
    data = web_archive(("https://w.example/t", "text/plain", b"Four people were hurt.", "200 OK"), packed=False)
    taken, faults = reading(write("a.warc", data.replace(b"were hurt.", b"were hurt. And more was said.")))
    assert len(taken) == 1
    assert [fault.kept for fault in faults] == [True]
    assert "than they say" in faults[0].message
    assert capfd.readouterr().err == ""


def test_a_file_over_the_limit_is_one_fault(write: Any, reading: Any) -> None:
    one_fault(reading(write("a.txt", "Four people were hurt. " * 100), max_bytes=1000), "1,000 bytes")


def test_a_line_over_the_limit_leaves_the_other_lines(write: Any, reading: Any) -> None:
    long = '{"text": "' + "x" * 5000 + '"}'
    taken, faults = reading(write("a.jsonl", f'{{"text": "one"}}\n{long}\n{{"text": "two"}}\n'), max_bytes=1000)
    assert [one.report.text for one in taken] == ["one", "two"]
    assert [fault.place for fault in faults] == ["line 2"]


def test_bombs_stop_at_the_limit(write: Any, reading: Any) -> None:
    swollen = io.BytesIO()
    with zipfile.ZipFile(swollen, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.txt", b"0" * 30_000_000)
    start = time.monotonic()
    one_fault(reading(write("a.zip", swollen.getvalue()), max_bytes=1_000_000), "limit")
    one_fault(reading(write("a.gz", gzip.compress(b"0" * 30_000_000)), max_bytes=1_000_000), "limit")
    tar = io.BytesIO()
    with tarfile.open(fileobj=tar, mode="w:gz") as archive_tar:
        member = tarfile.TarInfo("a.txt")
        member.size = 30_000_000
        archive_tar.addfile(member, io.BytesIO(b"0" * member.size))
    one_fault(reading(write("a.tgz", tar.getvalue()), max_bytes=1_000_000), "limit")
    document = io.BytesIO()
    with zipfile.ZipFile(document, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b" " * 60_000_000)
    one_fault(reading(write("a.docx", document.getvalue()), max_bytes=1_000_000), "limit")
    assert time.monotonic() - start < 20


def test_many_members_of_fair_size_stop_at_the_total(write: Any, reading: Any) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for number in range(60):
            archive.writestr(f"{number:03}.txt", b"Four people were hurt. " * 4000)
    taken, faults = reading(write("a.zip", out.getvalue()), max_bytes=100_000)
    assert 10 <= len(taken) <= 25
    assert len(faults) == 1
    assert "too much" in faults[0].message


def test_archives_inside_each_other_stop_at_a_depth(write: Any, reading: Any) -> None:
    data = b"Four people were hurt."
    for _ in range(30):
        data = gzip.compress(data)
    one_fault(reading(write("a.gz", data)), "inside each other")


def test_a_locked_member_leaves_the_others(write: Any, reading: Any) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("a.txt", "Four people were hurt.")
        archive.writestr("b.txt", "Two people were hurt.")
    data = bytearray(out.getvalue())
    at = data.index(b"PK\x01\x02")
    data[at + 8] |= 1
    taken, faults = reading(write("a.zip", bytes(data)))
    assert [one.report.text for one in taken] == ["Two people were hurt."]
    assert "password" in faults[0].message


def test_entities_do_not_swell(write: Any, reading: Any) -> None:
    levels = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 9))
    head = f'<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY e0 "boom">{levels}]>'
    bomb = f'{head}<rss version="2.0"><channel><item><title>&e8;</title></item></channel></rss>'
    start = time.monotonic()
    one_fault(reading(write("a.rss", bomb)), "entities")
    taken, faults = reading(write("a.html", bomb.replace("rss", "html").replace("<channel><item><title>", "<body><p>")))
    assert all(len(one.report.text) < 1000 for one in taken)
    assert len(taken) + len(faults) == 1
    assert time.monotonic() - start < 5


def test_a_local_file_is_never_drawn_in(write: Any, reading: Any) -> None:
    secret = write("secret.key", "the secret words")
    head = f'<!DOCTYPE html [<!ENTITY x SYSTEM "file://{secret}">]>'
    text = f"{head}<html><body><p>Four people were hurt. &x;</p></body></html>"
    taken, _ = reading(write("a.html", text))
    assert taken
    assert "secret words" not in taken[0].report.text


def test_deep_nesting_is_one_fault(write: Any, reading: Any) -> None:
    one_fault(reading(write("a.jsonl", '{"text": ' + "[" * 200_000 + "\n")), "line 1")
    taken, faults = reading(write("a.html", "<div>" * 50_000 + "Four people were hurt."))
    assert len(taken) + len(faults) == 1
    message: EmailMessage | str = "Four people were hurt."
    for _ in range(40):
        outer = EmailMessage()
        outer["Subject"], outer["From"], outer["To"] = "Again", "a@x.example", "b@x.example"
        outer.set_content("Another.") if isinstance(message, str) else outer.add_attachment(message)
        message = outer
    assert isinstance(message, EmailMessage)
    taken, faults = reading(write("a.eml", message.as_bytes()))
    assert len(faults) == 1
    assert "inside each other" in faults[0].message


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.md", "[" * 300_000),
        ("b.md", "![x](" * 60_000 + "\n" + "**a" * 100_000 + "\n" + "<!--" * 80_000 + "\n" + "`" * 300_000),
        ("c.md", "# " + "# " * 150_000),
        ("d.txt", " " * 300_000 + "x" + " " * 300_000 + "x"),
        ("e.txt", "9" * 300_000 + " x"),
        ("f.txt", "Home\n" * 60_000),
        ("g.html", " " * 300_000 + "<p>x" + "&amp;" * 60_000),
        ("h.html", "<" * 300_000),
        ("i.html", "<a href=x>y</a>" * 200_000),
        ("j.eml", "Subject: x\n" * 30_000 + "\n" + "> " * 100_000),
        ("k.csv", "text,title\n" + '"' * 300_001),
        ("l.jsonl", "[" * 300_000),
    ],
)
def test_a_file_made_to_be_slow_is_not(write: Any, reading: Any, name: str, content: str) -> None:
    start = time.monotonic()
    taken, faults = reading(write(name, content))
    assert len(taken) + len(faults) == 1
    assert time.monotonic() - start < 10


def test_mixed_encodings_name_the_line(write: Any, reading: Any) -> None:
    data = "Čtyři lidé byli zraněni.\nДругая строка.\n".encode() + b"na\xefve\n"
    one_fault(reading(write("a.txt", data)), "line 3", "UTF-8")


@pytest.mark.parametrize("codec", ["cp1256", "cp1251", "cp1252", "utf-16", "utf-16-le", "gb18030"])
def test_other_encodings_are_read(write: Any, reading: Any, codec: str) -> None:
    texts = {
        "cp1256": "أصيب أربعة مدنيين في قصف مدفعي على الحي الشرقي من المدينة صباح الثلاثاء، وفق سكان محليين.",
        "cp1251": "Четыре человека ранены при обстреле восточного квартала города во вторник утром, сообщили жители.",
        "cp1252": "Quatre personnes ont été blessées mardi matin à l’est de la ville, où un mur s’est écroulé.",
        "gb18030": "星期二上午,炮弹落在该镇东部,居民说至少有四人受伤,一家面包店的墙倒塌了。",
    }
    text = texts.get(codec, "Four people were hurt in the east of the town.")
    taken, faults = reading(write("a.txt", text.encode(codec)))
    assert [str(fault) for fault in faults] == []
    assert taken[0].report.text == text


def test_a_line_never_carries_control_characters(write: Any, reading: Any) -> None:
    path = write("a\x1b[31m\u202ered.txt", b"")
    line = one_fault(reading(path))
    assert "\x1b" not in line
    assert "\u202e" not in line


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.sampled_from(SUFFIXES), st.sampled_from(STARTS), st.binary(max_size=400) | st.text(max_size=200).map(str.encode)
)
def test_any_bytes_under_any_name_give_reports_or_faults(
    tmp_path: Path, suffix: str, start: bytes, rest: bytes
) -> None:
    path = tmp_path / f"file.{suffix}".rstrip(".")
    path.write_bytes(start + rest)
    found = list(read([str(path)]))
    assert found
    for one in found:
        assert isinstance(one, Taken | Fault)
        if isinstance(one, Taken):
            assert one.report.text.strip()
            one.report.text.encode("utf-8")
            before = 0
            for zone in one.report.zones:
                assert before <= zone.start < zone.end <= len(one.report.text)
                before = zone.end
        else:
            assert "\n" not in str(one)
