"""Checkpoints: a folder each, complete or absent; the newest complete one is where a run goes on."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import torch
from safetensors import SafetensorError
from safetensors.torch import load_file, save_file

from network.gpt import GPT
from network.shape import Shape, ShapeError
from tokens.tokenizer import Tokenizer
from tokens.tokenizer_file import TokenizerFileError, read_tokenizer, write_tokenizer

WEIGHTS, FACTS, STATE = "model.safetensors", "training.json", "state.pt"
KEPT = 2
"""Checkpoints left on disk; older ones go."""


class CheckpointError(Exception):
    """A checkpoint cannot be read or written; the message says what is left intact."""


def save_checkpoint(folder: Path, step: int, network: GPT, tokenizer: Tokenizer, state: dict, facts: dict) -> Path:
    """Written under another name and renamed, so that a full disk or a cut leaves the last one whole."""
    target = folder / f"step-{step:06d}"
    draft = folder / f".{target.name}"
    try:
        shutil.rmtree(draft, ignore_errors=True)
        draft.mkdir(parents=True)
        save_file({name: value.contiguous() for name, value in network.state_dict().items()}, str(draft / WEIGHTS))
        torch.save(state, draft / STATE)
        write_tokenizer(tokenizer, draft)
        (draft / FACTS).write_text(json.dumps({**facts, "step": step}, indent=2) + "\n", encoding="utf-8")
        shutil.rmtree(target, ignore_errors=True)
        draft.rename(target)
    except (OSError, RuntimeError, SafetensorError) as error:
        shutil.rmtree(draft, ignore_errors=True)
        last = latest_checkpoint(folder)
        kept = f"The last good one is {last}." if last else "There is none yet."
        raise CheckpointError(f"The checkpoint of step {step} could not be written: {error}. {kept}") from error
    for old in complete_checkpoints(folder)[:-KEPT]:
        shutil.rmtree(old, ignore_errors=True)
    return target


def complete_checkpoints(folder: Path) -> list[Path]:
    return sorted(path for path in folder.glob("step-*") if (path / FACTS).is_file())


def latest_checkpoint(folder: Path) -> Path | None:
    complete = complete_checkpoints(folder)
    return complete[-1] if complete else None


def read_facts(path: Path) -> dict:
    try:
        return json.loads((path / FACTS).read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise CheckpointError(f"{path} is not a checkpoint: {FACTS} cannot be read ({error}).") from error


def open_checkpoint(path: Path) -> tuple[GPT, Tokenizer, dict]:
    """The network, its tokenizer and the facts of the run. `path` may be the folder of a run. Raises CheckpointError."""
    path = latest_checkpoint(path) or path
    facts = read_facts(path)
    try:
        network = GPT(Shape(**facts["shape"]))
        tokenizer = read_tokenizer(path)
    except (KeyError, TypeError, ShapeError, TokenizerFileError) as error:
        raise CheckpointError(f"{path} is damaged: {error}") from error
    load_weights(network, path)
    return network.eval(), tokenizer, facts


def load_weights(network: GPT, path: Path) -> None:
    """Raises CheckpointError where the checkpoint's network has another shape."""
    path = latest_checkpoint(path) or path
    saved = read_facts(path).get("shape")
    if saved != network.shape.as_dict():
        own = network.shape.as_dict()
        differing = [name for name in own if (saved or {}).get(name) != own[name]]
        raise CheckpointError(f"{path} holds a network of another shape: {', '.join(differing)} differ.")
    try:
        network.load_state_dict(load_file(str(path / WEIGHTS)))
    except (OSError, SafetensorError, RuntimeError) as error:
        raise CheckpointError(f"{path / WEIGHTS} is damaged ({type(error).__name__}). Use the checkpoint before it.") from error


def load_state(path: Path) -> dict:
    try:
        return torch.load(path / STATE, weights_only=True)
    except (OSError, RuntimeError, EOFError, ValueError) as error:
        raise CheckpointError(
            f"{path} is damaged ({type(error).__name__}). Delete that folder: the run then goes on from the one before."
        ) from error
