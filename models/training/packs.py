"""Training packs: questions on one database behind the one schema text that they share."""

from __future__ import annotations

import hashlib
import json
import random
from dataclasses import dataclass
from pathlib import Path

import torch
from transformers import PreTrainedTokenizerBase

IGNORED = -100
"""The label of a token that is read and not learned."""


class PackError(Exception):
    """The data cannot be used; the message names file and line."""


@dataclass(frozen=True)
class Row:
    id: str
    suffix: str
    """Follows the schema text: values, question, `SQL:`."""
    target: str
    """Join-free SQL, with the space that parts it from `SQL:`."""


@dataclass(frozen=True)
class Pack:
    id: str
    database: str
    dialect: str
    prefix: str
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class EncodedPack:
    prefix: torch.Tensor
    """Token ids, [1, P]."""
    rows: torch.Tensor
    """Token ids of suffix and target, padded on the right, [B, L]."""
    labels: torch.Tensor
    """[B, L]: the target's token ids, IGNORED elsewhere."""

    @property
    def target_count(self) -> int:
        return int((self.labels != IGNORED).sum())

    @property
    def token_count(self) -> int:
        return self.prefix.numel() + self.rows.numel()


def read_packs(path: Path) -> list[Pack]:
    """One JSON object a line: `{id, database, dialect, prefix, rows: [{id, suffix, target}]}`. Raises PackError."""
    packs = []
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except OSError as error:
        raise PackError(f"{path} cannot be read: {error.strerror}.") from error
    for number, line in enumerate(lines, 1):
        try:
            packs.append(pack_of(json.loads(line)))
        except (ValueError, KeyError, TypeError) as error:
            raise PackError(f"{path}, line {number} is not a training pack ({error}). Write the rows again.") from error
    if not packs:
        raise PackError(f"{path} holds no training packs.")
    return packs


def pack_of(value: dict) -> Pack:
    rows = tuple(Row(row["id"], row["suffix"], row["target"]) for row in value["rows"])
    if not rows:
        raise ValueError("no rows")
    return Pack(value["id"], value["database"], value["dialect"], value["prefix"], rows)


def data_files(folder: Path, stem: str = "train") -> tuple[list[Path], Path]:
    """The files of the passes in order, and the validation file. Raises PackError."""
    train = sorted(folder.glob(f"{stem}-*.jsonl"))
    validation = folder / "validation.jsonl"
    if not train or not validation.is_file():
        raise PackError(f"{folder} holds no {stem}-*.jsonl with a validation.jsonl. Write them with: parley train rows")
    return train, validation


def hash_files(paths: list[Path]) -> str:
    """SHA-256 over the contents, in order."""
    digest = hashlib.sha256()
    for path in paths:
        digest.update(path.read_bytes())
    return digest.hexdigest()


def pack_order(count: int, seed: int, number: int) -> list[int]:
    """A shuffle that depends on the seed and the number of the pass alone, so that a resumed run goes on in it."""
    order = list(range(count))
    random.Random(f"{seed}:{number}").shuffle(order)
    return order


class PackEncoder:
    """Turns texts into token ids. Prefix, suffix and target are tokenised apart, as they are when served."""

    def __init__(self, tokenizer: PreTrainedTokenizerBase) -> None:
        self.tokenizer = tokenizer

    def encode(self, pack: Pack) -> EncodedPack:
        prefix = self.start() + self.ids(pack.prefix)
        pairs = [(self.ids(row.suffix), self.ids(row.target) + [self.tokenizer.eos_token_id]) for row in pack.rows]
        length = max(len(suffix) + len(target) for suffix, target in pairs)
        rows = torch.full((len(pairs), length), self.tokenizer.pad_token_id or 0)
        labels = torch.full((len(pairs), length), IGNORED)
        for index, (suffix, target) in enumerate(pairs):
            end = len(suffix) + len(target)
            rows[index, :end] = torch.tensor(suffix + target)
            labels[index, len(suffix) : end] = torch.tensor(target)
        return EncodedPack(torch.tensor([prefix]), rows, labels)

    def start(self) -> list[int]:
        """Begins the prompt where the model's own tokenizer would: llama.cpp reads the same flag."""
        ids = self.tokenizer("a").input_ids
        return [ids[0]] if ids[0] == self.tokenizer.bos_token_id else []

    def ids(self, text: str) -> list[int]:
        return self.tokenizer(text, add_special_tokens=False).input_ids
