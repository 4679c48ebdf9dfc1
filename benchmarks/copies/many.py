"""A million reports made from words, and what finding their copies takes."""

from __future__ import annotations

import json
import os
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from itertools import accumulate
from pathlib import Path

WORDS = 60_000
PHRASES = 3_000
BACKGROUNDS = 400
COPIED = 0.2
SEED = 7
_SYLLABLES = ("ba", "de", "ki", "lo", "mu", "na", "pe", "ri", "so", "tu", "ver", "zan", "shi", "qal", "hor", "mint")


class Press:
    """Reports as an invented press would write them.

    Words are drawn as often as they stand in news (Zipf's law); one word in four belongs to a stock
    phrase; every third report ends with one of a few hundred paragraphs of background. One
    report in five is a copy of one of the thousand before it: cut, moved, edited, under another headline.
    """

    def __init__(self, seed: int = SEED) -> None:
        self._chance = random.Random(seed)
        common = _common()
        made = sorted({self._coin() for _ in range(2 * WORDS)})
        self._chance.shuffle(made)
        self._words = (common + made)[:WORDS]
        self._weights = list(accumulate(1 / (rank + 2.7) for rank in range(len(self._words))))
        self._phrases = [self._drawn(self._chance.randint(3, 6)) for _ in range(PHRASES)]
        self._phrase_weights = list(accumulate(1 / (rank + 1) for rank in range(PHRASES)))
        self._backgrounds = [self._sentences(self._chance.randint(2, 4)) for _ in range(BACKGROUNDS)]

    def reports(self, count: int) -> Iterator[dict[str, str]]:
        """So many reports, as lines of the contract; the ids of copies name their source."""
        recent: list[tuple[str, list[str]]] = []
        for number in range(count):
            day = f"20{11 + number * 9 // count:02d}-{1 + number * 108 // count % 12:02d}-{1 + number % 28:02d}"
            if recent and self._chance.random() < COPIED:
                source, sentences = self._chance.choice(recent)
                id_, told = f"{number}-of-{source}", self._copy(sentences)
            else:
                told = self._sentences(self._chance.randint(6, 20))
                id_ = str(number)
                if self._chance.random() < 1 / 3:
                    told = told + self._chance.choice(self._backgrounds)
                recent.append((id_, told))
                if len(recent) > 1_000:
                    recent.pop(0)
            title = " ".join(self._drawn(8)).capitalize()
            yield {"id": id_, "title": title, "text": f"{title}\n\n{' '.join(told)}", "date": day}

    def _coin(self) -> str:
        return "".join(self._chance.choices(_SYLLABLES, k=self._chance.randint(2, 4)))

    def _drawn(self, count: int) -> list[str]:
        return self._chance.choices(self._words, cum_weights=self._weights, k=count)

    def _sentences(self, count: int) -> list[str]:
        """Sentences of 14 to 30 words, one word in four in a stock phrase."""
        sentences: list[str] = []
        for _ in range(count):
            words = self._drawn(self._chance.randint(11, 24))
            phrase = self._chance.choices(self._phrases, cum_weights=self._phrase_weights)[0]
            at = self._chance.randrange(len(words))
            sentences.append(" ".join([*words[:at], *phrase, *words[at:]]).capitalize() + ".")
        return sentences

    def _copy(self, sentences: list[str]) -> list[str]:
        wanted = max(2, round(self._chance.uniform(0.3, 1.0) * len(sentences)))
        kept = self._chance.sample(sentences, min(wanted, len(sentences)))
        edited: list[str] = []
        for sentence in kept:
            words = sentence.split()
            for at in range(len(words)):
                if self._chance.random() < 0.05:
                    words[at] = self._drawn(1)[0]
            edited.append(" ".join(words))
        return edited


def _common() -> list[str]:
    table = json.loads((Path(__file__).parents[2] / "src" / "parallax" / "reports" / "common.json").read_text("utf-8"))
    return [word for _, words in sorted(table["bits"].items(), key=lambda item: int(item[0])) for word in words.split()]


def write(file: Path, count: int) -> None:
    """Make so many reports into a file, whole or not at all."""
    part = file.with_name(file.name + ".part")
    with part.open("w", encoding="utf-8") as lines:
        for row in Press().reports(count):
            lines.write(json.dumps(row) + "\n")
    part.rename(file)


def measure(program: Path, count: int, keep: Path | None) -> None:
    """Print how long `parallax copies` takes over so many made reports, its memory, and how many copies it finds.

    Reports that an earlier run kept are not made again: one of the same count makes the same ones.
    """
    with tempfile.TemporaryDirectory() as work:
        file, out = keep or Path(work) / "reports.jsonl", Path(work) / "copies.jsonl"
        if not file.exists():
            write(file, count)
        size = file.stat().st_size
        begun = time.perf_counter()
        with out.open("wb") as found:
            done = subprocess.run([program, "copies", str(file)], check=False, stdout=found, stderr=subprocess.PIPE)
        seconds = time.perf_counter() - begun
        if done.returncode:
            raise SystemExit(f"parallax copies ended with {done.returncode}: {done.stderr.decode()[-500:]}")
        right = wrong = copies = 0
        with out.open(encoding="utf-8") as rows:
            for row in map(json.loads, rows):
                source = row["id"].rpartition("-of-")[2]
                copies += source != row["id"]
                if row["origin"] != row["id"]:
                    same = row["origin"].rpartition("-of-")[2] == source
                    right, wrong = right + same, wrong + (not same)
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    peak, busy = used.ru_maxrss / 1e6, used.ru_utime + used.ru_stime
    print(f"{count} reports, {size / 1e6:.0f} MB: {seconds:.0f} s ({count / seconds:.0f} reports a second)")
    print(f"of which {busy:.0f} s of processor time, over all processes")
    print(f"memory of the largest process at its peak: {peak:.2f} GB; workers beside it are smaller")
    print(f"of {copies} copies, {right} got an origin of the same text; {wrong} reports got another's")
    print(f"processors {os.cpu_count()}, load average over the last minute {os.getloadavg()[0]:.1f}", file=sys.stdout)
