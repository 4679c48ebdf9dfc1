"""Where training finds and leaves its files."""

from __future__ import annotations

import os
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
DATA = Path(os.environ.get("PARALLAX_DATA") or ROOT.parent / "shared")
LABELS = ROOT / "training" / "labels"
BUILD = ROOT / ".build" / "training"
NETWORK = ROOT / "src" / "parallax" / "claims" / "network"
