"""Export the trained network to ONNX, its weights in 8-bit integers.

    python -m training.export [--name reader] [--float]

Weights are cut to 7 bits of 8 for each channel (`reduce_range`), so that processors without the
newer integer instructions do not overflow and answer as those with them.
"""

from __future__ import annotations

import argparse
import tempfile
import warnings
from collections.abc import Mapping
from pathlib import Path

import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from torch import Tensor, nn

from parallax.claims.marks import HINTS, MARKS, SLOTS
from training.network import WIDTH, Reader
from training.places import BUILD, NETWORK
from training.train import encoder_folder

_PIECES = 40
_OPSET = 17


class _Encoder(nn.Module):
    """The encoder and the head that says where claims are told, for one window at a time."""

    def __init__(self, model: Reader) -> None:
        super().__init__()
        self.model = model

    def forward(self, ids: Tensor, marks: Tensor) -> tuple[Tensor, Tensor]:
        return self.model.encode(ids, marks, None)


def load(path: Path) -> Reader:
    """The network with trained weights; as many layers as they hold."""
    weights: Mapping[str, Tensor] = torch.load(path, weights_only=True, map_location="cpu")
    layers = 1 + max(int(name.split(".")[3]) for name in weights if name.startswith("encoder.encoder.layer."))
    model = Reader(encoder_folder(), layers)
    model.load_state_dict(weights)
    model.eval()
    model.encoder.set_attn_implementation("eager")
    return model


def encoder(model: Reader, out: Path, *, whole: bool) -> None:
    """Write the encoder; in floating point if `whole`."""
    with tempfile.TemporaryDirectory() as place:
        plain = out if whole else Path(place) / "encoder.onnx"
        torch.onnx.export(
            _Encoder(model),
            (torch.full((1, _PIECES), 1000), torch.zeros(1, _PIECES, MARKS)),
            str(plain),
            input_names=["ids", "marks"],
            output_names=["hidden", "told"],
            dynamic_axes={name: {1: "pieces"} for name in ("ids", "marks", "hidden", "told")},
            dynamo=False,
            opset_version=_OPSET,
        )
        if not whole:
            quantize_dynamic(plain, out, weight_type=QuantType.QInt8, per_channel=True, reduce_range=True)


def slots(model: Reader, out: Path, *, whole: bool) -> None:
    """Write the heads that fill the slots; in floating point if `whole`."""
    claims = 3
    with tempfile.TemporaryDirectory() as place:
        plain = out if whole else Path(place) / "slots.onnx"
        torch.onnx.export(
            model.slots,
            (
                torch.zeros(_PIECES, WIDTH),
                torch.zeros(_PIECES, MARKS),
                torch.zeros(_PIECES, dtype=torch.long),
                torch.tensor([1, 2, 3]),
                torch.tensor([0, 1, 2]),
                torch.zeros(claims, HINTS),
                torch.zeros(claims, 2 * len(SLOTS), _PIECES),
            ),
            str(plain),
            input_names=["hidden", "marks", "passages", "piece", "kind", "facts", "hinted"],
            output_names=["pointers", "classes"],
            dynamic_axes={
                "hidden": {0: "pieces"},
                "marks": {0: "pieces"},
                "passages": {0: "pieces"},
                "piece": {0: "claims"},
                "kind": {0: "claims"},
                "facts": {0: "claims"},
                "hinted": {0: "claims", 2: "pieces"},
                "pointers": {0: "claims", 2: "pieces"},
                "classes": {0: "claims"},
            },
            dynamo=False,
            opset_version=_OPSET,
        )
        if not whole:
            quantize_dynamic(plain, out, weight_type=QuantType.QInt8, per_channel=True, reduce_range=True)


def main() -> None:
    """Export the weights that `training.train` left."""
    parser = argparse.ArgumentParser(prog="python -m training.export", description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--name", default="reader", help="the name of the weights")
    parser.add_argument("--float", action="store_true", dest="whole", help="without 8-bit integers, to compare")
    options = parser.parse_args()
    warnings.filterwarnings("ignore", category=DeprecationWarning)
    model = load(BUILD / f"{options.name}.pt")
    encoder(model, NETWORK / "encoder.onnx", whole=options.whole)
    slots(model, NETWORK / "slots.onnx", whole=options.whole)
    size = sum((NETWORK / name).stat().st_size for name in ("encoder.onnx", "slots.onnx"))
    print(f"{size / 1e6:.1f} MB")


if __name__ == "__main__":
    main()
