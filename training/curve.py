"""The learning curve, and the designs side by side: figures of trained weights on the reports set aside.

    python -m training.curve                      trains on a quarter and on a half, prints all three
    python -m training.curve --name NAME ...      prints these weights alone

The weights are read as trained, before they are cut to integers; the floor is the same for every kind.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence

import torch

from parallax.claims import repeats
from parallax.claims.decode import Ints
from parallax.claims.marks import Array
from training import export, settle, train
from training.network import Reader
from training.places import BUILD
from training.scoring import scorer
from training.standoff import Json

FLOOR = 0.4
SHARES = (0.25, 0.5)


class Live:
    """The network in floating point, as the decoder asks for it."""

    def __init__(self, model: Reader) -> None:
        self.model = model

    def encode(self, ids: Ints, marks: Array) -> tuple[Array, Array]:
        """As `Trained.encode`."""
        with torch.no_grad():
            hidden, told = self.model.encode(torch.from_numpy(ids)[None], torch.from_numpy(marks)[None], None)
        return hidden[0].numpy(), told[0].numpy()

    def slots(
        self, hidden: Array, marks: Array, passages: Ints, piece: Ints, kind: Ints, facts: Array, hinted: Array
    ) -> tuple[Array, Array]:
        """As `Trained.slots`."""
        given = (hidden, marks, passages, piece, kind, facts, hinted)
        with torch.no_grad():
            pointers, classes = self.model.slots(*map(torch.from_numpy, given))
        return pointers.numpy(), classes.numpy()


def figures(name: str, rows: Sequence[Json]) -> str:
    """One line of figures for the weights of this name."""
    network = Live(export.load(BUILD / f"{name}.pt"))
    predicted = {}
    for row in rows:
        report, found = settle.told(row, network, FLOOR)
        predicted[report.id] = {"claims": settle.claims(report, repeats.join(found))}
    gold = {row["id"]: row for row in rows}
    whole, _ = scorer().score(gold, predicted)
    harm, _ = scorer().score(gold, predicted, scorer().HARM)
    slots = "  ".join(f"{slot} {right:.3f}" for slot, right in whole["slots"].items())
    return (
        f"{name}: found {whole['found_f1']:.3f}  core {whole['core_f1']:.3f}  "
        f"harm {harm['found_f1']:.3f} / {harm['core_f1']:.3f}  {slots}"
    )


def main() -> None:
    """Train what is missing, and print."""
    parser = argparse.ArgumentParser(prog="python -m training.curve", description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--name", nargs="*", help="the names of weights that are trained already")
    options = parser.parse_args()
    rows = [json.loads(line) for line in (BUILD / "aside.jsonl").open(encoding="utf-8")]
    names = options.name or []
    if not names:
        for share in SHARES:
            name = f"reader-{round(100 * share)}"
            if not (BUILD / f"{name}.pt").exists():
                train.run(layers=4, epochs=8, share=share, name=name)
            names.append(name)
        names.append("reader")
    for name in names:
        print(figures(name, rows), flush=True)


if __name__ == "__main__":
    main()
