"""Reads a GGUF adapter and checks that it belongs on a base."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
from gguf import GGUFReader, ReaderTensor, dequantize

from export_error import ExportError
from load_base import UNREADABLE

A_ENDING = ".lora_a"
B_ENDING = ".lora_b"


@dataclass(frozen=True)
class Change:
    """What an adapter does to one matrix: B·A is added to it, scaled by alpha / rank."""

    a: ReaderTensor
    b: ReaderTensor
    alpha: float

    @property
    def rank(self) -> int:
        return int(self.a.shape[1])

    @property
    def shape(self) -> tuple[int, int]:
        """Of the matrix, in GGUF's order: inputs, outputs."""
        return int(self.a.shape[0]), int(self.b.shape[1])

    def product(self) -> np.ndarray:
        """[outputs, inputs], float32."""
        a = dequantize(self.a.data, self.a.tensor_type).astype(np.float32)
        b = dequantize(self.b.data, self.b.tensor_type).astype(np.float32)
        return (b @ a) * np.float32(self.alpha / self.rank)


def open_gguf(path: Path) -> GGUFReader:
    try:
        return GGUFReader(path)
    except UNREADABLE as error:
        raise ExportError(f"{path} is missing, damaged or no GGUF file: {error}") from error


def read_changes(adapter: GGUFReader, path: Path) -> dict[str, Change]:
    """By the name of the matrix. Raises ExportError when `path` is no LoRA adapter."""
    if "adapter.lora.alpha" not in adapter.fields:
        raise ExportError(f"{path} is no LoRA adapter.")
    alpha = float(adapter.fields["adapter.lora.alpha"].contents())
    tensors = {tensor.name: tensor for tensor in adapter.tensors}
    names = [name.removesuffix(A_ENDING) for name in tensors if name.endswith(A_ENDING)]
    if not names or any(name + B_ENDING not in tensors for name in names) or len(tensors) != 2 * len(names):
        raise ExportError(f"{path} is no LoRA adapter of matrices alone.")
    return {name: Change(tensors[name + A_ENDING], tensors[name + B_ENDING], alpha) for name in names}


def check_fit(base: GGUFReader, changes: dict[str, Change], path: Path) -> None:
    """Raises ExportError when the base lacks a matrix of the adapter, or has it in another size."""
    shapes = {tensor.name: tuple(int(size) for size in tensor.shape) for tensor in base.tensors}
    for name, change in changes.items():
        if shapes.get(name) != change.shape:
            found = shapes.get(name, "is not there")
            raise ExportError(f"{path} does not fit this base: {name} is {change.shape} in it, but {found} in the base.")
