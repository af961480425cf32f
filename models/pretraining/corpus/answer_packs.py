"""Questions behind the schema text they share; only the answer of each is learned."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import torch

import training_job  # noqa: F401
from corpus.batch import IGNORED, Batch
from corpus.corpus_error import CorpusError
from packs import Pack, PackError, read_packs
from tokens.tokenizer import Tokenizer

END = "<|end|>"
MARKS = (END, "⟦schema⟧", "⟦question⟧", "⟦sql⟧")
"""The special tokens, in the order of their ids. The product's prompts spell them (models/prompts/pointer-prompt.ts).

llama.cpp's converter takes what looks like <|this|> for a token that plain text never holds, which is right for the end alone."""


@dataclass(frozen=True)
class AnswerPacks:
    """Batches in the order of the file."""

    batches: list[Batch]

    def __len__(self) -> int:
        return len(self.batches)

    def __getitem__(self, index: int) -> Batch:
        return self.batches[index]


@dataclass(frozen=True)
class PackReading:
    packs: AnswerPacks
    too_long: int
    """Rows left out because they do not fit into the context."""


def read_answer_packs(path: Path, tokenizer: Tokenizer, context: int) -> PackReading:
    """Raises CorpusError."""
    try:
        packs = read_packs(path)
    except PackError as error:
        raise CorpusError(str(error)) from error
    encoded = [encode_pack(pack, tokenizer, context) for pack in packs]
    kept = [batch for batch, _ in encoded if batch]
    if not kept:
        raise CorpusError(f"No row of {path} fits into a context of {context} tokens.")
    return PackReading(AnswerPacks(kept), sum(count for _, count in encoded))


def encode_pack(pack: Pack, tokenizer: Tokenizer, context: int) -> tuple[Batch | None, int]:
    """A pack without a schema text has whole prompts as its rows; these begin with the end token, as texts do."""
    prefix = tokenizer.encode(pack.prefix)
    start = [] if prefix else [tokenizer.id(END)]
    pairs = [(start + tokenizer.encode(row.suffix), [*tokenizer.encode(row.target), tokenizer.id(END)]) for row in pack.rows]
    fitting = [pair for pair in pairs if len(prefix) + len(pair[0]) + len(pair[1]) <= context]
    if not fitting:
        return None, len(pairs)
    length = max(len(asked) + len(answer) for asked, answer in fitting)
    rows = torch.full((len(fitting), length), tokenizer.id(END))
    labels = torch.full((len(fitting), length), IGNORED)
    for at, (asked, answer) in enumerate(fitting):
        rows[at, : len(asked) + len(answer)] = torch.tensor(asked + answer)
        labels[at, len(asked) : len(asked) + len(answer)] = torch.tensor(answer)
    return Batch(torch.tensor([prefix]) if prefix else None, rows, labels), len(pairs) - len(fitting)
