"""Small files of every kind, written by the tests themselves."""

from __future__ import annotations

import io
from collections.abc import Callable
from email.message import EmailMessage
from pathlib import Path

import docx
import pytest
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from parallax.reports.fault import Fault, Taken
from parallax.reports.read import read

FIRST = (
    "Shells fell on the eastern quarter of the town on Tuesday morning, residents said, and at least four "
    "people were hurt when the wall of a bakery gave way."
)
SECOND = (
    "The hospital took in the wounded before noon, a nurse said by telephone, and the road to the river was "
    "closed until the evening."
)

Write = Callable[[str, bytes | str], Path]
Reading = tuple[list[Taken], list[Fault]]


@pytest.fixture
def paragraphs() -> tuple[str, str]:
    return FIRST, SECOND


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Writes a file under the test's folder and gives its path."""

    def write_file(name: str, content: bytes | str) -> Path:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return path

    return write_file


@pytest.fixture
def reading() -> Callable[..., Reading]:
    """Reads paths and parts what was taken from what was not."""

    def read_paths(*paths: Path | str, **settings: object) -> Reading:
        found = list(read([str(path) for path in paths], **settings))  # type: ignore[arg-type]
        return [one for one in found if isinstance(one, Taken)], [one for one in found if isinstance(one, Fault)]

    return read_paths


@pytest.fixture
def page() -> str:
    return f"""<!doctype html><html lang="en"><head><meta charset="utf-8">
<title>Shelling hurts four in the east | The Wire</title>
<meta property="og:site_name" content="The Wire">
<link rel="canonical" href="https://wire.example/2017/04/05/shelling">
<script type="application/ld+json">{{"@type": "NewsArticle", "headline": "Shelling hurts four in the east",
"datePublished": "2017-04-05T10:00:00+03:00", "author": [{{"name": "A. Writer"}}]}}</script></head>
<body><nav class="menu"><ul><li><a href="/">Home</a></li><li><a href="/sport">Sport pages</a></li></ul></nav>
<article><h1>Shelling hurts four in the east</h1><div class="share-bar"><a href="#">Share on Facebook</a></div>
<p>{FIRST}</p><figure><img src="http://127.0.0.1:9/wall.png"><figcaption>A wall that fell in the east of the
town</figcaption></figure><p>{SECOND} The <b>last </b>shell fell at dusk.</p>
<blockquote><p>We heard the shells come over the river and then the wall was gone, said a baker who lives
there.</p></blockquote></article>
<section id="comments"><p>I live there and I think that it was more than four.</p></section>
<aside class="related"><h3>Related stories</h3><a href="/x">Ten killed in another town, officials say</a></aside>
<footer>Contact us</footer></body></html>"""


@pytest.fixture
def word() -> Callable[..., bytes]:
    def document(*paragraphs: tuple[str, str], cells: tuple[str, ...] = ()) -> bytes:
        made = docx.Document()
        for style, text in paragraphs:
            made.add_paragraph(text, style=style)
        if cells:
            table = made.add_table(1, len(cells))
            for cell, text in zip(table.rows[0].cells, cells, strict=True):
                cell.text = text
        out = io.BytesIO()
        made.save(out)
        return out.getvalue()

    return document


@pytest.fixture
def letter() -> Callable[..., EmailMessage]:
    def message(body: str, subject: str = "Shelling hurts four") -> EmailMessage:
        made = EmailMessage()
        made["Subject"] = subject
        made["From"] = "The Wire <desk@wire.example>"
        made["To"] = "reader@example.org"
        made["Date"] = "Wed, 05 Apr 2017 23:30:00 -0300"
        made.set_content(body)
        return made

    return message


@pytest.fixture
def web_archive() -> Callable[..., bytes]:
    def archive(*records: tuple[str, str, bytes, str], packed: bool = True) -> bytes:
        out = io.BytesIO()
        writer = WARCWriter(out, gzip=packed)
        for url, media_type, payload, status in records:
            headers = StatusAndHeaders(status, [("Content-Type", media_type)], protocol="HTTP/1.1")
            record = writer.create_warc_record(url, "response", payload=io.BytesIO(payload), http_headers=headers)
            writer.write_record(record)
        return out.getvalue()

    return archive


@pytest.fixture
def pdf() -> Callable[..., bytes]:
    """A PDF written by hand: each page is a list of lines; `info` goes into its properties."""

    def document(pages: list[list[str]], info: str = "") -> bytes:
        objects = ["<< /Type /Catalog /Pages 2 0 R >>", ""]
        kids = []
        font = "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>"
        objects.append(font)
        for lines in pages:
            shown = " T* ".join(f"({line.replace('(', '[').replace(')', ']')}) Tj" for line in lines)
            stream = f"BT /F1 11 Tf 14 TL 50 780 Td {shown} ET"
            objects.append(f"<< /Length {len(stream)} >>\nstream\n{stream}\nendstream")
            objects.append(
                "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] "
                f"/Contents {len(objects)} 0 R /Resources << /Font << /F1 3 0 R >> >> >>"
            )
            kids.append(f"{len(objects)} 0 R")
        objects[1] = f"<< /Type /Pages /Count {len(kids)} /Kids [{' '.join(kids)}] >>"
        objects.append(f"<< {info} >>")
        out = b"%PDF-1.4\n"
        places = []
        for number, body in enumerate(objects, 1):
            places.append(len(out))
            out += f"{number} 0 obj\n{body}\nendobj\n".encode("latin-1")
        start = len(out)
        out += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n".encode()
        out += b"".join(f"{place:010d} 00000 n \n".encode() for place in places)
        size = len(objects) + 1
        return (
            out + f"trailer << /Size {size} /Root 1 0 R /Info {len(objects)} 0 R >>\nstartxref\n{start}\n%%EOF".encode()
        )

    return document
