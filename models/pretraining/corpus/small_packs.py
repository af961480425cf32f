"""Reads many small packs at once: a table with three questions is too little work for one forward pass.

On two cores a pack of 230 tokens took as long as 600 tokens of running text.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import torch

from corpus.batch import IGNORED, Batch

MOST_TOKENS = 2048
"""Of a batch of small packs, padding included: more bring no more speed."""
SMALL = 1024
"""Packs that read as many tokens are worth a pass of their own."""
MOST_COPIED = 1.0
"""Of a pack's tokens: so much more may be read where each question is read behind its own copy of the schema."""

Row = tuple[torch.Tensor, torch.Tensor]
"""Token ids and labels of a whole prompt with its answer, without padding."""


def gather_small_packs(batches: Sequence[Batch], padding: int, most_tokens: int = MOST_TOKENS) -> list[Batch]:
    """The large ones, then those that are gathered, rows of like length together. `padding` is any token's id."""
    large = [batch for batch in batches if not is_small(batch)]
    rows = [row for batch in batches if is_small(batch) for row in whole_rows(batch)]
    rows.sort(key=lambda row: len(row[0]))
    return large + [stacked(part, padding) for part in parts_of(rows, most_tokens)]


def is_small(batch: Batch) -> bool:
    copied = 0 if batch.prefix is None else batch.prefix.numel() * (len(batch.rows) - 1)
    return batch.read < SMALL and copied <= MOST_COPIED * batch.read


def whole_rows(batch: Batch) -> Iterator[Row]:
    before = torch.empty(0, dtype=torch.long) if batch.prefix is None else batch.prefix[0]
    ignored = torch.full((len(before),), IGNORED)
    for ids, labels in zip(batch.rows, batch.labels, strict=True):
        length = int((labels != IGNORED).nonzero().max()) + 1
        yield torch.cat([before, ids[:length]]), torch.cat([ignored, labels[:length]])


def parts_of(rows: list[Row], most_tokens: int) -> Iterator[list[Row]]:
    """Each as long as its last row, the longest, allows; a row that is longer than that stands alone."""
    part: list[Row] = []
    for row in rows:
        if part and len(row[0]) * (len(part) + 1) > most_tokens:
            yield part
            part = []
        part.append(row)
    if part:
        yield part


def stacked(rows: list[Row], padding: int) -> Batch:
    length = max(len(ids) for ids, _ in rows)
    ids = torch.full((len(rows), length), padding)
    labels = torch.full((len(rows), length), IGNORED)
    for at, (own, wanted) in enumerate(rows):
        ids[at, : len(own)] = own
        labels[at, : len(wanted)] = wanted
    return Batch(None, ids, labels)
