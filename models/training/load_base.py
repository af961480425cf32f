"""Opens a base model to train on or to merge into: a GGUF file, dequantised, or a Hugging Face folder.

How far the dequantised model, in 32-bit floats, is from llama.cpp on the same file: logits at up to 64 positions of each of
three or four texts of 5 to 1,313 tokens, past Gemma's sliding window of 512.

| llama.cpp runs          | Gemma 3 270M: mean, largest, same best token | SmolLM2 135M          |
| the dequantised weights | 0.002, 0.06, 189 of 189                      | 0.003, 0.09, 99 of 99 |
| the 4-bit file itself   | 0.20, 1.70, 178 of 189                       | 0.14, 0.80, 96 of 99  |

So weights, norms, rope, window and tied embeddings are read rightly: what the first row shows is llama.cpp's 16-bit cache.
The second row is llama.cpp rounding the activations to 8 bits before it multiplies by quantised weights.
"""

from __future__ import annotations

import hashlib
import struct
from dataclasses import dataclass
from pathlib import Path

import torch
from transformers import AutoModelForCausalLM, AutoTokenizer, PreTrainedModel, PreTrainedTokenizerBase

from gguf_tokenizer import TokenizerMismatch, match_llama_cpp

GGUF_MAGIC = b"GGUF"
READ_BYTES = 1 << 20
"""Bytes hashed at a time."""
UNREADABLE = (ValueError, OSError, KeyError, IndexError, TypeError, RuntimeError, struct.error)
"""What transformers and gguf throw at files that are cut short, damaged or of a kind they do not know."""


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
        if file:
            forget_gguf(model)
            match_llama_cpp(tokenizer, path)
    except TokenizerMismatch as error:
        raise BaseModelError(str(error)) from error
    except UNREADABLE as error:
        raise BaseModelError(f"{path} cannot be read as a base model: {error}") from error
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
