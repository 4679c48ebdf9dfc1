"""A spaCy pipeline of the small English shape, to time beside the program.

    python -m benchmarks.speed.pipeline train
    python -m benchmarks.speed.pipeline REPORTS PROCESSES

No model is downloaded. The pipeline has the parts and sizes of `en_core_web_sm` 3.8 (one
tok2vec of width 96 and depth 4 shared by tagger and parser, another for ner, hidden width
64) and is trained for a few minutes, so that its sentences, parses and names are real
ones; what it would be worth with more training makes no difference to its speed.
"""

from __future__ import annotations

import hashlib
import json
import random
import sys
import time
from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import Any

import spacy
from spacy.tokens import Doc
from spacy.training import Example
from spacy.util import fix_random_seed, minibatch

from benchmarks.data import REPOSITORY, folder

# What is trained is kept, until spaCy or this file is another.
_RECIPE = hashlib.sha256(spacy.__version__.encode() + Path(__file__).read_bytes()).hexdigest()[:12]
KEPT = REPOSITORY / ".build" / f"spacy-small-{_RECIPE}"
# Documents of so many reports go to a process at a time: with spaCy's 1,000, one process would do all.
BATCH = 32
SENTENCES = 8
PARSED, NAMED, HELD_OUT = 1000, 1200, 100
PASSES = 2
# The newswire tells nine types of name apart, the pipeline copied here eighteen.
TYPES = 18
SEED = 20170404


def _tok2vec(attributes: Sequence[str], rows: Sequence[int]) -> dict[str, Any]:
    return {
        "@architectures": "spacy.Tok2Vec.v2",
        "embed": {
            "@architectures": "spacy.MultiHashEmbed.v2",
            "width": 96,
            "attrs": list(attributes),
            "rows": list(rows),
            "include_static_vectors": False,
        },
        "encode": {
            "@architectures": "spacy.MaxoutWindowEncoder.v2",
            "width": 96,
            "depth": 4,
            "window_size": 1,
            "maxout_pieces": 3,
        },
    }


def _transitions(state: str, tok2vec: dict[str, Any]) -> dict[str, Any]:
    return {
        "@architectures": "spacy.TransitionBasedParser.v2",
        "state_type": state,
        "extra_state_tokens": False,
        "hidden_width": 64,
        "maxout_pieces": 2,
        "use_upper": True,
        "tok2vec": tok2vec,
    }


def shape() -> Any:
    """The pipeline, untrained."""
    nlp = spacy.blank("en")
    shared = {"@architectures": "spacy.Tok2VecListener.v1", "width": 96, "upstream": "tok2vec"}
    attributes = ("NORM", "PREFIX", "SUFFIX", "SHAPE", "SPACY", "IS_SPACE")
    nlp.add_pipe("tok2vec", config={"model": _tok2vec(attributes, (5000, 1000, 2500, 2500, 50, 50))})
    nlp.add_pipe("tagger", config={"model": {"@architectures": "spacy.Tagger.v2", "tok2vec": shared}})
    nlp.add_pipe("parser", config={"model": _transitions("parser", shared)})
    own = _tok2vec(attributes[:4], (5000, 1000, 2500, 2500))
    nlp.add_pipe("ner", config={"model": _transitions("ner", own)})
    return nlp


def parsed(path: Path, vocab: Any) -> Iterator[Doc]:
    """Documents of a few sentences each, with tags and heads, from Universal Dependencies."""
    sentences: list[list[list[str]]] = [[]]
    for line in path.read_text(encoding="utf-8").split("\n"):
        if not line.strip():
            sentences.append([])
        elif line.split("\t")[0].isdigit():
            sentences[-1].append(line.split("\t"))
    for some in minibatch((rows for rows in sentences if rows), SENTENCES):
        words: list[str] = []
        spaces: list[bool] = []
        tags: list[str] = []
        heads: list[int] = []
        deps: list[str] = []
        starts: list[bool] = []
        for rows in some:
            first = len(words)
            for number, row in enumerate(rows):
                words.append(row[1])
                spaces.append("SpaceAfter=No" not in row[9])
                tags.append(row[4])
                heads.append(first + (int(row[6]) - 1 if int(row[6]) else number))
                deps.append("ROOT" if row[7] == "root" else row[7])
                starts.append(number == 0)
        yield Doc(vocab, words=words, spaces=spaces, tags=tags, heads=heads, deps=deps, sent_starts=starts)


def named(path: Path, vocab: Any) -> Iterator[Doc]:
    """Documents of a few sentences each, with names, from the newswire set."""
    sentences: list[list[list[str]]] = [[]]
    for line in path.read_text(encoding="utf-8").split("\n"):
        row = line.split("\t")
        if not line.strip() or line.startswith("# doc"):
            sentences.append([])
        elif len(row) == 2 and row[0].strip():
            sentences[-1].append(row)
    for some in minibatch((rows for rows in sentences if rows), SENTENCES):
        rows = [row for sentence in some for row in sentence]
        yield Doc(vocab, words=[row[0] for row in rows], ents=_unbroken([row[1] for row in rows]))


def _unbroken(labels: Sequence[str]) -> list[str]:
    """The labels, with every name begun where it starts."""
    made: list[str] = []
    for label in labels:
        kind = label.partition("-")[2]
        goes_on = label.startswith("I-") and made and made[-1].partition("-")[2] == kind
        made.append(label if not kind or goes_on else f"B-{kind}")
    return made


def train(language: Path) -> Any:
    """The pipeline trained on a part of both sets; how right it is on another part stands in its `meta`."""
    fix_random_seed(SEED)
    nlp = shape()
    parses = [
        _example(nlp, doc) for doc in islice(parsed(language / "en_ewt-ud-train.rebuilt.conllu", nlp.vocab), PARSED)
    ]
    names = [_example(nlp, doc) for doc in islice(named(language / "newswire-ner.conll", nlp.vocab), NAMED + HELD_OUT)]
    held = [
        *(_example(nlp, doc) for doc in islice(parsed(language / "en_ewt-ud-dev.conllu", nlp.vocab), HELD_OUT)),
        *names[NAMED:],
    ]
    entities = nlp.get_pipe("ner")
    for number in range(TYPES - len({span.label_ for example in names for span in example.reference.ents})):
        entities.add_label(f"TYPE{number}")
    optimizer = nlp.initialize(lambda: [*parses, *names[:NAMED]])
    _teach(nlp, ["tok2vec", "tagger", "parser"], parses, optimizer)
    _teach(nlp, ["ner"], names[:NAMED], optimizer)
    scores = nlp.evaluate(held)
    nlp.meta["held_out"] = {name: round(scores[name], 3) for name in ("tag_acc", "dep_las", "ents_f")}
    return nlp


def _example(nlp: Any, doc: Doc) -> Example:
    return Example(Doc(nlp.vocab, words=[t.text for t in doc], spaces=[bool(t.whitespace_) for t in doc]), doc)


def _teach(nlp: Any, parts: Sequence[str], examples: Sequence[Example], optimizer: Any) -> None:
    order, draw = list(examples), random.Random(SEED)
    with nlp.select_pipes(enable=list(parts)):
        for turn in range(PASSES):
            draw.shuffle(order)
            for batch in minibatch(order, 8):
                nlp.update(batch, sgd=optimizer, drop=0.1)
            print(f"training {', '.join(parts)}: {turn + 1} of {PASSES} passes", file=sys.stderr, flush=True)


def main() -> None:
    """Train the pipeline where it is not kept yet, or read reports with it and print what was found and how fast."""
    if sys.argv[1:] == ["train"]:
        if not (KEPT / "meta.json").exists():
            train(folder() / "language").to_disk(KEPT)
        held = json.loads((KEPT / "meta.json").read_text(encoding="utf-8"))["held_out"]
        print(json.dumps({"spacy": spacy.__version__, **held}))
        return
    nlp = spacy.load(KEPT)
    with Path(sys.argv[1]).open(encoding="utf-8") as lines:
        texts = [json.loads(line)["text"] for line in lines]
    began = time.perf_counter()
    docs = sentences = names = 0
    for doc in nlp.pipe(texts, n_process=int(sys.argv[2]), batch_size=BATCH):
        docs, sentences, names = docs + 1, sentences + sum(1 for _ in doc.sents), names + len(doc.ents)
    took = time.perf_counter() - began
    print(json.dumps({"seconds": took, "docs": docs, "sentences": sentences, "names": names}))


if __name__ == "__main__":
    main()
