"""From PEFT and Hugging Face to GGUF, through llama.cpp's own converters."""

from __future__ import annotations

import json
import shutil
import tempfile
from pathlib import Path

from transformers import MODEL_FOR_CAUSAL_LM_MAPPING, AutoConfig

from checkpoint_facts import CONFIG, WEIGHTS, Checkpoint
from export_error import ExportError
from llama_source import run_converter
from load_base import UNREADABLE

ADAPTER_TYPES = ("f16", "q8_0", "f32")
"""Q8_0 halves the file; llama.cpp keeps matrices in F16 whose rows are no multiple of 32 (a rank of 8, say)."""


def convert_adapter(checkpoint: Checkpoint, base: Path, name: str, kind: str, out: Path) -> None:
    """Writes `out`. `name` goes into the file; no folder of this machine does. Raises ExportError."""
    with tempfile.TemporaryDirectory() as folder:
        adapter = Path(folder, "adapter", name)
        shape = Path(folder, "base", base.stem)
        adapter.mkdir(parents=True)
        shutil.copy(checkpoint.folder / WEIGHTS, adapter)
        config = {**checkpoint.config, "base_model_name_or_path": base.stem}
        (adapter / CONFIG).write_text(json.dumps(config), encoding="utf-8")
        write_shape(base, shape)
        run_converter("convert_lora_to_gguf.py", "--base", shape, "--outtype", kind, "--outfile", out, adapter)


def convert_base(folder: Path, out: Path) -> None:
    """Writes a Hugging Face model as GGUF with matrices in F16. Raises ExportError."""
    run_converter("convert_hf_to_gguf.py", "--outtype", "f16", "--outfile", out, folder)


def write_shape(base: Path, folder: Path) -> None:
    """The base's config.json, all that the converter reads of it."""
    where, file = (base, {}) if base.is_dir() else (base.parent, {"gguf_file": base.name})
    try:
        config = AutoConfig.from_pretrained(where, **file)
        config.architectures = [MODEL_FOR_CAUSAL_LM_MAPPING[type(config)].__name__]
    except UNREADABLE as error:
        raise ExportError(f"{base} cannot be read as a base model: {error}") from error
    config.__dict__.pop("quantization_config", None)
    config.save_pretrained(folder)
