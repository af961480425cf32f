"""The negative log-likelihood of the tokens that a batch teaches."""

from __future__ import annotations

import torch
from torch.nn.functional import cross_entropy

from corpus.batch import IGNORED, Batch
from network.gpt import GPT


def summed_loss(network: GPT, batch: Batch) -> tuple[torch.Tensor, torch.Tensor]:
    """The sum in nats over the learned tokens, and for each row whether the likeliest tokens are just those."""
    memory = network(batch.prefix)[1] if batch.prefix is not None else None
    states, _ = network(batch.rows[:, :-1], memory)
    labels = batch.labels[:, 1:]
    learned = labels != IGNORED
    scores = network.scores(states[learned]).float()
    right = torch.ones_like(learned)
    right[learned] = scores.argmax(dim=-1) == labels[learned]
    return cross_entropy(scores, labels[learned], reduction="sum"), right.all(dim=1)
