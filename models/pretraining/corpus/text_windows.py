"""Running text as windows of equal length, every token of which is learned."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import torch
from safetensors import SafetensorError
from safetensors.torch import load_file, save_file

from corpus.batch import Batch
from corpus.corpus_error import CorpusError
from tokens.tokenizer import Tokenizer


@dataclass(frozen=True)
class TextWindows:
    ids: torch.Tensor
    """All documents behind one another, each ended by the end token; [N]."""
    window: int
    """Tokens that a row learns."""
    rows: int
    """Of one batch."""

    def __post_init__(self) -> None:
        if self.ids.numel() < self.window + 1:
            raise CorpusError(f"The text has {self.ids.numel()} tokens and a window needs {self.window + 1}. Give more text.")

    def __len__(self) -> int:
        windows = (self.ids.numel() - 1) // self.window
        return -(-windows // self.rows)

    def __getitem__(self, index: int) -> Batch:
        """The last batch may be smaller."""
        windows = (self.ids.numel() - 1) // self.window
        first = index * self.rows
        starts = [number * self.window for number in range(first, min(first + self.rows, windows))]
        rows = torch.stack([self.ids[start : start + self.window + 1] for start in starts]).long()
        return Batch(None, rows, rows)


def encode_documents(documents: list[str], tokenizer: Tokenizer, end: str) -> torch.Tensor:
    """[N] ids, as 32-bit numbers."""
    last = tokenizer.id(end)
    return torch.tensor([number for text in documents for number in [*tokenizer.encode(text), last]], dtype=torch.int32)


def write_ids(ids: torch.Tensor, path: Path) -> None:
    save_file({"ids": ids}, str(path))


def read_ids(path: Path, vocabulary: int) -> torch.Tensor:
    """Raises CorpusError."""
    try:
        ids = load_file(str(path))["ids"]
    except (OSError, SafetensorError, KeyError) as error:
        raise CorpusError(f"{path} is not text that preprocess.py wrote ({type(error).__name__}: {error}).") from error
    if ids.numel() == 0:
        raise CorpusError(f"{path} holds no text.")
    if int(ids.max()) >= vocabulary or int(ids.min()) < 0:
        raise CorpusError(f"{path} holds token {int(ids.max())}, and the network knows 0 to {vocabulary - 1}.")
    return ids
