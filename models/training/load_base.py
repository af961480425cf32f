"""Opens a base model to train on or to merge into: a GGUF file, dequantised, or a Hugging Face folder."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path

import torch
from transformers import AutoModelForCausalLM, AutoTokenizer, PreTrainedModel, PreTrainedTokenizerBase

GGUF_MAGIC = b"GGUF"
READ_BYTES = 1 << 20
"""Bytes hashed at a time."""


class BaseModelError(Exception):
    """The base cannot be used; the message says why, in a sentence for the person who chose it."""


@dataclass(frozen=True)
class Base:
    model: PreTrainedModel
    tokenizer: PreTrainedTokenizerBase
    name: str
    """File name without its ending, or the folder's name: `gemma-3-270m-q4_k_m`."""
    sha256: str
    """Of the GGUF file; of a folder, over its weight files in the order of their names."""


def load_base(path: str | Path, dtype: torch.dtype = torch.float32, **options: object) -> Base:
    """Loads `path` with weights of `dtype`; `options` reach `from_pretrained` (`quantization_config`, `device_map`).

    Raises BaseModelError for a missing or damaged file, and for an architecture transformers cannot read.
    """
    path = Path(path)
    sha256 = hash_base(path)
    folder, file = (path, {}) if path.is_dir() else (path.parent, {"gguf_file": path.name})
    try:
        model = AutoModelForCausalLM.from_pretrained(folder, dtype=dtype, **file, **options)
        tokenizer = AutoTokenizer.from_pretrained(folder, **file)
    except (ValueError, OSError, KeyError, RuntimeError) as error:
        raise BaseModelError(f"{path} cannot be read as a base model: {error}") from error
    if file:
        forget_gguf(model)
    return Base(model, tokenizer, path.name if path.is_dir() else path.stem, sha256)


def forget_gguf(model: PreTrainedModel) -> None:
    """Its weights are plain numbers now; a saved copy that calls itself quantised could not be read again."""
    for holder in (model.config, model):
        for name in ("quantization_config", "hf_quantizer", "is_quantized"):
            holder.__dict__.pop(name, None)


def hash_base(path: Path) -> str:
    """SHA-256 that names these weights. Raises BaseModelError when there are none."""
    if path.is_dir():
        return sha256_of(*weight_files(path))
    if not path.is_file():
        raise BaseModelError(f"There is no base model at {path}.")
    with path.open("rb") as file:
        if file.read(len(GGUF_MAGIC)) != GGUF_MAGIC:
            raise BaseModelError(f"{path} is not a GGUF file.")
    return sha256_of(path)


def weight_files(folder: Path) -> list[Path]:
    if not (folder / "config.json").is_file():
        raise BaseModelError(f"{folder} has no config.json: it is not a Hugging Face model folder.")
    files = sorted(folder.glob("*.safetensors"))
    if not files:
        raise BaseModelError(f"{folder} holds no weights (*.safetensors).")
    return files


def sha256_of(*paths: Path) -> str:
    """Of the contents of all files, one after the other."""
    digest = hashlib.sha256()
    for path in paths:
        with path.open("rb") as file:
            while block := file.read(READ_BYTES):
                digest.update(block)
    return digest.hexdigest()
