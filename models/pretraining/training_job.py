"""Makes the modules of the training job next door importable: packs, checkpoints' order, llama.cpp's converter."""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.append(str(Path(__file__).resolve().parents[1] / "training"))
