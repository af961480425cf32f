"""Adds a GGUF adapter to a GGUF base for good: what llama.cpp computes with the two at every token, written down once."""

from __future__ import annotations

from math import prod
from pathlib import Path

import numpy as np
from gguf import (
    GGMLQuantizationType,
    GGUFReader,
    GGUFValueType,
    GGUFWriter,
    LlamaFileType,
    ReaderTensor,
    dequantize,
    quantize,
)
from gguf.constants import GGML_QUANT_SIZES
from tqdm import tqdm

from gguf_adapter import Change, check_fit, open_gguf, read_changes

FILE_TYPES = {
    "f16": (GGMLQuantizationType.F16, LlamaFileType.MOSTLY_F16),
    "q8_0": (GGMLQuantizationType.Q8_0, LlamaFileType.MOSTLY_Q8_0),
    "q4_0": (GGMLQuantizationType.Q4_0, LlamaFileType.MOSTLY_Q4_0),
}
HEADS = ("token_embd.weight", "output.weight")
"""Every answer passes through them: four bits cost more there than they save, so they get eight."""
REWRITTEN = ("general.architecture", "general.file_type", "general.name", "general.quantization_version")
QUANTIZATION_VERSION = 2


def merge(base_path: Path, adapter_path: Path, name: str, kind: str, out: Path) -> None:
    """Writes `out` with matrices of `kind`, one of FILE_TYPES, and the base's tokenizer and settings.

    One matrix is in memory at a time. Raises ExportError when the two do not fit each other.
    """
    base = open_gguf(base_path)
    changes = read_changes(open_gguf(adapter_path), adapter_path)
    check_fit(base, changes, adapter_path)
    wanted, file_type = FILE_TYPES[kind]
    writer = GGUFWriter(out, base.fields["general.architecture"].contents())
    try:
        copy_fields(base, writer)
        writer.add_name(name)
        writer.add_file_type(file_type)
        writer.add_quantization_version(QUANTIZATION_VERSION)
        for tensor in base.tensors:
            describe(tensor, stored_type(tensor, wanted), writer)
        writer.write_header_to_file()
        writer.write_kv_data_to_file()
        writer.write_ti_data_to_file()
        for tensor in tqdm(base.tensors, desc="Merging", unit="tensor"):
            writer.write_tensor_data(merged(tensor, changes.get(tensor.name), stored_type(tensor, wanted)))
    finally:
        writer.close()


def copy_fields(base: GGUFReader, writer: GGUFWriter) -> None:
    for name, field in base.fields.items():
        if name.startswith("GGUF.") or name in REWRITTEN:
            continue
        inner = field.types[-1] if field.types[0] == GGUFValueType.ARRAY else None
        writer.add_key_value(name, field.contents(), field.types[0], inner)


def stored_type(tensor: ReaderTensor, wanted: GGMLQuantizationType) -> GGMLQuantizationType:
    """Norms stay exact; rows that no block divides stay in F16."""
    if len(tensor.shape) < 2:
        return GGMLQuantizationType.F32
    if wanted == GGMLQuantizationType.Q4_0 and tensor.name in HEADS:
        wanted = GGMLQuantizationType.Q8_0
    block, _ = GGML_QUANT_SIZES[wanted]
    return wanted if tensor.shape[0] % block == 0 else GGMLQuantizationType.F16


def describe(tensor: ReaderTensor, kind: GGMLQuantizationType, writer: GGUFWriter) -> None:
    shape = [int(size) for size in reversed(tensor.shape)]
    block, block_bytes = GGML_QUANT_SIZES[kind]
    size = prod(shape) // block * block_bytes
    writer.add_tensor_info(tensor.name, shape, np.dtype(np.float32), size, raw_dtype=kind)


def merged(tensor: ReaderTensor, change: Change | None, kind: GGMLQuantizationType) -> np.ndarray:
    if change is None and tensor.tensor_type == kind:
        return tensor.data
    values = dequantize(tensor.data, tensor.tensor_type).astype(np.float32)
    return quantize(values if change is None else values + change.product(), kind)
