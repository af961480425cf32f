"""Several checkpoints as one, by the mean of their weights.

Checkpoints of one line of training lie close enough together that their mean often does better than each of them
(Wortsman and others, Model soups, 2022). The mean of A and the mean of B is taken, so that the rank stays: the product
of means is not the mean of products, and is near it only where one checkpoint was trained on from the other.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import torch
from safetensors.torch import load_file, save_file

from checkpoint_facts import CONFIG, FACTS, WEIGHTS, Checkpoint, read_checkpoint
from export_error import ExportError
from load_base import sha256_of

SHAPING = ("r", "lora_alpha")
"""Settings of PEFT that must be the same, or the numbers mean different things."""


@contextmanager
def checkpoint_of(folders: list[Path], base_sha256: str) -> Iterator[Checkpoint]:
    """The only checkpoint as it is; of several the mean, in a folder that is gone afterwards.

    What it says of its training is what the last one says, with all of them under `meanOf`. Raises ExportError.
    """
    checkpoints = [read_checkpoint(folder, base_sha256) for folder in folders]
    if len(checkpoints) == 1:
        yield checkpoints[0]
        return
    *_, last = checkpoints
    facts = {**last.facts, "meanOf": [described(checkpoint) for checkpoint in checkpoints]}
    with tempfile.TemporaryDirectory() as folder:
        save_file(mean_weights(checkpoints), str(Path(folder, WEIGHTS)), metadata={"format": "pt"})
        for name in (CONFIG, FACTS):
            shutil.copy(last.folder / name, folder)
        yield Checkpoint(Path(folder), last.config, facts)


def mean_weights(checkpoints: list[Checkpoint]) -> dict[str, torch.Tensor]:
    first, *others = checkpoints
    weights = load_file(str(first.folder / WEIGHTS))
    shapes = shapes_of(weights)
    total = {name: tensor.double() for name, tensor in weights.items()}
    for other in others:
        weights = load_file(str(other.folder / WEIGHTS))
        same_settings = all(other.config.get(name) == first.config.get(name) for name in SHAPING)
        if shapes_of(weights) != shapes or not same_settings:
            raise ExportError(f"{first.folder} and {other.folder} differ in rank, alpha or layers, and have no mean.")
        for name, tensor in weights.items():
            total[name] += tensor.double()
    return {name: (tensor / len(checkpoints)).float() for name, tensor in total.items()}


def shapes_of(weights: dict[str, torch.Tensor]) -> dict[str, torch.Size]:
    return {name: tensor.shape for name, tensor in weights.items()}


def described(checkpoint: Checkpoint) -> dict:
    return {
        "sha256": sha256_of(checkpoint.folder / WEIGHTS),
        "dataHash": checkpoint.facts.get("data", {}).get("sha256"),
        "steps": checkpoint.facts.get("step"),
    }
