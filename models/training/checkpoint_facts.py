"""A finished checkpoint of train_lora.py: what it was trained on, and whether its files are whole."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

import torch
from safetensors import SafetensorError
from safetensors.torch import load_file

from export_error import ExportError

WEIGHTS = "adapter_model.safetensors"
CONFIG = "adapter_config.json"
FACTS = "training.json"
UNSUPPORTED = ("use_dora", "use_rslora", "lora_bias", "modules_to_save", "alpha_pattern", "trainable_token_indices")
"""PEFT's variants that llama.cpp's adapters cannot carry, by their settings."""


@dataclass(frozen=True)
class Checkpoint:
    folder: Path
    config: dict
    """PEFT's."""
    facts: dict
    """`{base: {name, sha256}, data: {sha256, files}, settings, step, …}` as train_lora.py wrote them."""


def read_checkpoint(folder: Path, base_sha256: str) -> Checkpoint:
    """Raises ExportError for a folder that is no checkpoint, a damaged file, or training on another base."""
    config, facts = read_json(folder / CONFIG), read_json(folder / FACTS)
    unsupported = [name for name in UNSUPPORTED if config.get(name)]
    if unsupported:
        raise ExportError(f"{folder} uses {', '.join(unsupported)}, which llama.cpp's adapters cannot carry.")
    check_weights(folder / WEIGHTS)
    base = facts.get("base", {})
    if base.get("sha256") != base_sha256:
        raise ExportError(
            f"{folder} was trained on {base.get('name')} (SHA-256 {str(base.get('sha256'))[:12]}…), not on this base "
            f"({base_sha256[:12]}…). On other weights it writes nonsense."
        )
    return Checkpoint(folder, config, facts)


def read_json(path: Path) -> dict:
    try:
        value = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise ExportError(f"{path.parent} is no checkpoint of train_lora.py: it has no {path.name}.") from error
    except (OSError, ValueError) as error:
        raise ExportError(f"{path} is damaged: {error}.") from error
    if not isinstance(value, dict):
        raise ExportError(f"{path} is damaged: it holds no object.")
    return value


def check_weights(path: Path) -> None:
    try:
        tensors = load_file(str(path))
    except (OSError, SafetensorError) as error:
        raise ExportError(f"{path} is missing or damaged: {error}. Use the checkpoint before it.") from error
    broken = [name for name, tensor in tensors.items() if not torch.isfinite(tensor).all()]
    if broken or not tensors:
        what = f"holds numbers that are not finite, in {broken[0]}" if broken else "holds no tensors"
        raise ExportError(f"{path} {what}. Use the checkpoint before it.")
