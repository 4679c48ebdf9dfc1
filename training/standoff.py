"""Labels without text: what was annotated of a report, as offsets into a text that others hold.

    python -m training.standoff ANNOTATED.jsonl LABELS.jsonl

turns annotated reports (in the form of the data's `gold/train.jsonl`) into labels; `texts` and
`rows` put labels and texts together again.
"""

from __future__ import annotations

import argparse
import hashlib
import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from training.tokenised import joined

Json = dict[str, Any]
Span = list[int]

_CORPORA = ("syria-news", "airwars-gaza", "muc4", "re3d")
_WORDS = ("whom", "who", "where", "via")
_OTHERS = ("voice_also", "who_also", "where_also")
_PLAIN = ("kind", "whom_class", "when", "stance", "scope")


def label(row: Json) -> Json:
    """An annotated report as labels: offsets in code points, the end excluded; "author" stays a word."""
    text = row["text"]
    return {"id": row["id"], "text": digest(text), "claims": [_offsets(text, claim) for claim in row["claims"]]}


def annotate(text: str, labels: Json) -> list[Json]:
    """The claims of a report, from its labels and its text. Raises ValueError if the text is another one."""
    if digest(text) != labels["text"]:
        raise ValueError(f"{labels['id']}: the labels were made on another text; fetch the data again")
    return [_words(text, claim) for claim in labels["claims"]]


def digest(text: str) -> str:
    """Sixteen hexadecimal digits of the text's SHA-256."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def rows(folder: Path, data: Path) -> Iterator[Json]:
    """The annotated reports of a folder of labels, their texts taken from the data folder."""
    known = texts(data)
    for path in sorted(folder.glob("*.jsonl")):
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
            labels = json.loads(line)
            report = known.get((labels["id"], labels["text"]))
            if report is None:
                raise ValueError(f"{path}, line {number}: the data holds no report {labels['id']} with this text")
            yield {**report, "claims": annotate(report["text"], labels)}


def texts(data: Path) -> Mapping[tuple[str, str], Json]:
    """The reports of the data that labels may be about, by id and digest of the text: some ids bear two texts."""
    found: dict[tuple[str, str], Json] = {}
    for path in (data / "gold" / "train.jsonl", *(data / "corpora" / f"{name}.jsonl" for name in _CORPORA)):
        for row in _lines(path):
            found.setdefault((row["id"], digest(row["text"])), _report(row))
    for name in ("airwars-syria-sources", "gun-violence"):
        for incident in _lines(data / "corpora" / f"{name}.jsonl"):
            for row in incident["reports"]:
                found.setdefault((row["id"], digest(row["text"])), _report({"date": incident["date"], **row}))
    for row in _lines(data / "corpora" / "timeline17.jsonl"):
        text = joined(row["text"])
        found.setdefault((row["id"], digest(text)), _report({**row, "text": text}))
    return found


def _report(row: Json) -> Json:
    return {name: row.get(name) for name in ("id", "title", "source", "date", "text")}


def _lines(path: Path) -> Iterator[Json]:
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)


def _offsets(text: str, claim: Json) -> Json:
    quote = _find(text, claim["quote"])
    made: Json = {name: claim[name] for name in _PLAIN}
    made["quote"] = quote
    made["also"] = [_find(text, words) for words in claim.get("also") or ()]
    count = claim["count"]
    made["count"] = count and {"low": count["low"], "high": count["high"], "at": _near(text, count["text"], quote)}
    for name in _WORDS:
        made[name] = claim[name] and _near(text, claim[name], quote)
    made["voice"] = claim["voice"] if claim["voice"] == "author" else _near(text, claim["voice"], quote)
    for name in _OTHERS:
        if claim.get(name):
            made[name] = [words if words == "author" else _near(text, words, quote) for words in claim[name]]
    return made


def _words(text: str, claim: Json) -> Json:
    def at(span: Any) -> Any:
        return text[span[0] : span[1]] if isinstance(span, list) else span

    made = {name: claim[name] for name in _PLAIN} | {name: at(claim[name]) for name in ("quote", "voice", *_WORDS)}
    made["also"] = [at(span) for span in claim["also"]]
    count = claim["count"]
    made["count"] = count and {"low": count["low"], "high": count["high"], "text": at(count["at"])}
    return made | {name: [at(span) for span in claim[name]] for name in _OTHERS if name in claim}


def _find(text: str, words: str) -> Span:
    at = text.index(words)
    return [at, at + len(words)]


def _near(text: str, words: str, quote: Span) -> Span:
    """Where the words stand, in the quote if they stand there."""
    at = text.find(words, quote[0], quote[1])
    return [at, at + len(words)] if at >= 0 else _find(text, words)


def main() -> None:
    """Write the labels of annotated reports."""
    parser = argparse.ArgumentParser(prog="python -m training.standoff", description=(__doc__ or "").splitlines()[0])
    parser.add_argument("annotated", type=Path)
    parser.add_argument("labels", type=Path)
    options = parser.parse_args()
    made = sorted((label(row) for row in _lines(options.annotated)), key=lambda row: str(row["id"]))
    with options.labels.open("w", encoding="utf-8") as out:
        for row in made:
            out.write(json.dumps(row, ensure_ascii=False, separators=(",", ":")) + "\n")


if __name__ == "__main__":
    main()
