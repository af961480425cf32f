"""Checkpoints of a run: a folder each, complete or absent, the newest complete one is where a run goes on."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import torch
from peft import PeftModel
from safetensors import SafetensorError
from safetensors.torch import save_file

from master_weights import MasterWeights

KEPT = 2
"""Checkpoints left on disk; older ones go."""


class CheckpointError(Exception):
    """A checkpoint cannot be read or written; the message says what is left intact."""


def save_checkpoint(folder: Path, step: int, model: PeftModel, weights: MasterWeights, facts: dict) -> Path:
    """Writes into a folder of another name and renames it, so that a full disk or a cut leaves the last one whole."""
    target = folder / f"step-{step:06d}"
    draft = folder / f".{target.name}"
    try:
        shutil.rmtree(draft, ignore_errors=True)
        draft.mkdir(parents=True)
        write_adapter(draft, model, weights)
        torch.save({"step": step, "weights": weights.state()}, draft / "state.pt")
        (draft / "training.json").write_text(json.dumps({**facts, "step": step}, indent=2) + "\n", encoding="utf-8")
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


def write_adapter(folder: Path, model: PeftModel, weights: MasterWeights) -> None:
    """PEFT's own two files, with the weights in 32 bits."""
    config = next(iter(model.peft_config.values()))
    config.save_pretrained(str(folder))
    names = [name for name, parameter in model.named_parameters() if parameter.requires_grad]
    tensors = {
        name.replace(".default.weight", ".weight"): copy.detach().contiguous()
        for name, copy in zip(names, weights.copies, strict=True)
    }
    save_file(tensors, str(folder / "adapter_model.safetensors"), metadata={"format": "pt"})


def complete_checkpoints(folder: Path) -> list[Path]:
    return sorted(path for path in folder.glob("step-*") if path.is_dir())


def latest_checkpoint(folder: Path) -> Path | None:
    complete = complete_checkpoints(folder)
    return complete[-1] if complete else None


def load_checkpoint(path: Path, weights: MasterWeights) -> int:
    """Brings weights and optimiser back and returns the step. Raises CheckpointError for a damaged file."""
    try:
        state = torch.load(path / "state.pt", weights_only=True)
        weights.load(state["weights"])
        return int(state["step"])
    except (OSError, RuntimeError, KeyError, ValueError, EOFError) as error:
        raise CheckpointError(
            f"{path} is damaged ({type(error).__name__}). Delete that folder: the run then goes on from the one before."
        ) from error
