"""Learn the first stage: which passages can carry a claim (logistic regression on hashed words and pairs)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt
import torch
from torch import Tensor
from torch.nn import functional

from parallax.claims import passages, screen
from parallax.model import Passage
from training.standoff import Json

DECAY = 6.0
OWN = 3.0  # the weight of what those annotated whose habits count
MARGIN = 1.75  # in logits: what keeps the claims lost under one in a hundred
_LONGEST = 4000

Weights = npt.NDArray[np.float32]


def told(row: Json) -> tuple[list[Passage], list[list[int]]]:
    """The passages of an annotated report, and for each claim the numbers of those that tell it."""
    found = [piece for whole in passages.split(row["text"]) for piece in passages.pieces(whole, _LONGEST)]
    tellers = []
    for claim in row["claims"]:
        spans = [span for words in (claim["quote"], *(claim.get("also") or ())) for span in _all(row["text"], words)]
        tellers.append([n for n, one in enumerate(found) if any(a < one.end and one.start < b for a, b in spans)])
    return found, tellers


def _all(text: str, words: str) -> Iterator[tuple[int, int]]:
    at = text.find(words)
    while at >= 0:
        yield at, at + len(words)
        at = text.find(words, at + 1)


def fit(rows: Sequence[Json]) -> Weights:
    """The weights, the constant last, with the margin that loses few claims."""
    index: list[tuple[int, int]] = []
    carries: list[bool] = []
    weighing: list[float] = []
    for row in rows:
        found, tellers = told(row)
        telling = {number for one in tellers for number in one}
        for number, passage in enumerate(found):
            index += [(len(carries), name) for name in sorted(screen.features(passage.text))]
            carries.append(number in telling)
            weighing.append(1.0 if row.get("other") else OWN)
    where = torch.tensor(index).t()
    names = torch.sparse_coo_tensor(
        where, torch.ones(where.shape[1]), (len(carries), screen.SIZE), check_invariants=True
    ).coalesce()
    wanted, each = torch.tensor(carries, dtype=torch.float), torch.tensor(weighing)
    weights = torch.zeros(screen.SIZE + 1, requires_grad=True)
    solver = torch.optim.LBFGS([weights], max_iter=150, line_search_fn="strong_wolfe")

    def closure() -> Tensor:
        solver.zero_grad()
        logits = torch.sparse.mm(names, weights[:-1, None])[:, 0] + weights[-1]
        loss = functional.binary_cross_entropy_with_logits(logits, wanted, each, reduction="sum")
        whole = loss + DECAY * (weights[:-1] ** 2).sum()
        whole.backward()  # type: ignore[no-untyped-call]
        return whole

    solver.step(closure)
    fitted: Weights = weights.detach().numpy()
    fitted[-1] += MARGIN
    return fitted.astype(np.float16).astype(np.float32)


def measure(rows: Sequence[Json], weights: Weights) -> tuple[float, float]:
    """The share of claims that no kept passage tells, and the share of passages kept."""
    lost = claims = kept = total = 0
    for row in rows:
        found, tellers = told(row)
        keep = [screen.score(passage.text, weights) >= 0 for passage in found]
        kept, total = kept + sum(keep), total + len(keep)
        claims += len(tellers)
        lost += sum(not any(keep[number] for number in one) for one in tellers)
    return lost / claims, kept / total


def learn(train: Sequence[Json], aside: Sequence[Json], out: Path) -> None:
    """Learn, say what it loses on the reports set aside, and keep the weights."""
    weights = fit(train)
    lost, kept = measure(aside, weights)
    print(f"first stage, on the reports set aside: {lost:.2%} of the claims lost, {kept:.1%} of the passages kept")
    np.save(out, weights.astype(np.float16), allow_pickle=False)
