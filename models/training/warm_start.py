"""Weights to start from: what an earlier run left, as its checkpoint or as the GGUF adapter that was exported from one."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import torch
from gguf import MODEL_ARCH_NAMES, ReaderTensor, dequantize, get_tensor_name_map
from peft import PeftModel
from safetensors import SafetensorError
from safetensors.torch import load_file

from checkpoint_facts import CONFIG, FACTS, WEIGHTS, read_json
from checkpoints import CheckpointError
from export_error import ExportError
from gguf_adapter import open_gguf, read_changes
from sidecar import read_sidecar, sidecar_path

PEFT_PREFIX = "base_model.model."
REORDERED = {"gemma": (), "gemma2": (), "gemma3": (), "llama": ("q_proj", "k_proj")}
"""By GGUF's name of an architecture, the layers whose outputs llama.cpp's converters put in another order."""


def read_start(path: Path, model: PeftModel, base_sha256: str) -> list[torch.Tensor]:
    """One tensor for each trainable parameter of `model`, in their order, as float32.

    Raises CheckpointError for a damaged file, for an adapter of another shape or scale, and for one of another base.
    """
    try:
        check_base(path, base_sha256)
        tensors = from_gguf(path, model) if path.is_file() else from_checkpoint(path, model)
    except ExportError as error:
        raise CheckpointError(str(error)) from error
    parameters = dict(trainable(model))
    for name, parameter in parameters.items():
        if name not in tensors or tensors[name].shape != parameter.shape:
            shape = tuple(tensors[name].shape) if name in tensors else "missing"
            raise CheckpointError(f"{path} has another shape: {name} is {shape}, not {tuple(parameter.shape)}.")
    left = sorted(tensors.keys() - parameters.keys())
    if left:
        raise CheckpointError(f"{path} also changes {left[0]}, which this configuration leaves as it is.")
    return [tensors[name].float() for name in parameters]


def trainable(model: PeftModel) -> Iterator[tuple[str, torch.nn.Parameter]]:
    """By the names that PEFT saves them under."""
    for name, parameter in model.named_parameters():
        if parameter.requires_grad:
            yield name.replace(".default.weight", ".weight"), parameter


def check_base(path: Path, base_sha256: str) -> None:
    """A GGUF file without a description may belong to any base; a checkpoint says which."""
    if path.is_file() and not sidecar_path(path).is_file():
        return
    described = read_sidecar(path) if path.is_file() else read_json(path / FACTS)
    bases = [described[key] for key in ("trainedOn", "base") if key in described]
    if base_sha256 not in [base.get("sha256") for base in bases]:
        name = bases[0].get("name") if bases else "nobody knows what"
        raise CheckpointError(f"{path} was trained on {name}, which is another base. Start from nothing, or give that base.")


def check_scale(path: Path, scale: float, model: PeftModel) -> None:
    config = model.peft_config["default"]
    if abs(scale - config.lora_alpha / config.r) > 1e-6:
        raise CheckpointError(
            f"{path} is scaled by {scale:g}; alpha / rank of this configuration is {config.lora_alpha / config.r:g}."
        )


def from_checkpoint(folder: Path, model: PeftModel) -> dict[str, torch.Tensor]:
    config = read_json(folder / CONFIG)
    check_scale(folder, config["lora_alpha"] / config["r"], model)
    try:
        return load_file(folder / WEIGHTS)
    except (OSError, SafetensorError) as error:
        raise CheckpointError(f"{folder / WEIGHTS} is missing or damaged: {error}.") from error


def from_gguf(path: Path, model: PeftModel) -> dict[str, torch.Tensor]:
    """The inverse of llama.cpp's convert_lora_to_gguf.py, exact to the type of the file's numbers."""
    reader = open_gguf(path)
    changes = read_changes(reader, path)
    kind = reader.fields["general.architecture"].contents()
    if kind not in REORDERED:
        raise CheckpointError(f"{path} changes a model of the kind {kind}; known here: {', '.join(REORDERED)}.")
    config = model.get_base_model().config
    kinds = {name: number for number, name in MODEL_ARCH_NAMES.items()}
    names = get_tensor_name_map(kinds[kind], config.num_hidden_layers)
    layers = {f"{names.get_name(layer)}.weight": layer for layer in {layer_of(name) for name, _ in trainable(model)}}
    tensors = {}
    for name, change in changes.items():
        check_scale(path, change.alpha / change.rank, model)
        layer = layers.get(name, name)
        heads = heads_of(config, layer) if layer.endswith(REORDERED[kind]) else None
        a, b = values_of(change.a), values_of(change.b)
        tensors[f"{PEFT_PREFIX}{layer}.lora_A.weight"] = a
        tensors[f"{PEFT_PREFIX}{layer}.lora_B.weight"] = b if heads is None else as_trained(b, heads)
    return tensors


def layer_of(name: str) -> str:
    return name.removeprefix(PEFT_PREFIX).partition(".lora_")[0]


def values_of(tensor: ReaderTensor) -> torch.Tensor:
    return torch.from_numpy(dequantize(tensor.data, tensor.tensor_type).astype(np.float32))


def heads_of(config: object, layer: str) -> int:
    return config.num_attention_heads if layer.endswith("q_proj") else config.num_key_value_heads


def as_trained(values: torch.Tensor, heads: int) -> torch.Tensor:
    """llama.cpp turns neighbouring outputs of a head together, transformers the first half with the second."""
    outputs, rank = values.shape
    return values.reshape(heads, outputs // heads // 2, 2, rank).swapaxes(1, 2).reshape(outputs, rank)
