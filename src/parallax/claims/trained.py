"""The trained network, from the files beside this one; loaded when first asked."""

from __future__ import annotations

import hashlib
import json
from functools import cache
from importlib.resources import files
from typing import Any

import numpy as np
import numpy.typing as npt
import onnxruntime

from parallax.claims.marks import Array

FILES = ("encoder.onnx", "slots.onnx", "screen.npy", "tokenizer.json")


class Trained:
    """The exported network. One window at a time on one thread, so that no batch changes an answer."""

    def __init__(self) -> None:
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1
        options.inter_op_num_threads = 1
        options.log_severity_level = 3
        self._encoder = _session("encoder.onnx", options)
        self._slots = _session("slots.onnx", options)

    def encode(self, ids: npt.NDArray[np.int64], marks: Array) -> tuple[Array, Array]:
        """A window's pieces to (pieces, width) and the logits of a claim told: (pieces, kinds)."""
        hidden, told = self._encoder.run(None, {"ids": ids[None], "marks": marks[None]})
        return hidden[0], told[0]

    def slots(
        self,
        hidden: Array,
        marks: Array,
        passages: npt.NDArray[np.int64],
        piece: npt.NDArray[np.int64],
        kind: npt.NDArray[np.int64],
        facts: Array,
        hinted: Array,
    ) -> tuple[Array, Array]:
        """Pointers (claims, 2 * slots, pieces) and classes (claims, classes + stances + scopes), as logits."""
        given = {
            "hidden": hidden, "marks": marks, "passages": passages, "piece": piece, "kind": kind, "facts": facts,
            "hinted": hinted,
        }  # fmt: skip
        pointers, classes = self._slots.run(None, given)
        return pointers, classes


@cache
def network() -> Trained:
    """The network, loaded once in a process."""
    return Trained()


@cache
def settings() -> dict[str, Any]:
    """What was settled after training.

    `floors`: the least certainty at which each kind is told; `calibration`: for each line its knots
    and the shares there; `digest`: of the files that these were settled for.
    """
    found: dict[str, Any] = json.loads(_bytes("settings.json"))
    return found


def digest() -> str:
    """The digest of the network's files; the settings bear it too."""
    whole = hashlib.sha256()
    for name in FILES:
        whole.update(hashlib.sha256(_bytes(name)).digest())
    return whole.hexdigest()[:16]


def _bytes(name: str) -> bytes:
    return files("parallax.claims").joinpath("network", name).read_bytes()


def _session(name: str, options: onnxruntime.SessionOptions) -> onnxruntime.InferenceSession:
    return onnxruntime.InferenceSession(_bytes(name), options, providers=["CPUExecutionProvider"])
