"""The negative log-likelihood of the tokens that a batch teaches."""

from __future__ import annotations

import torch
from torch.nn.functional import cross_entropy

from corpus.batch import IGNORED, Batch
from network.gpt import GPT


def summed_loss(network: GPT, batch: Batch) -> torch.Tensor:
    """The sum in nats over the learned tokens."""
    scores, labels, _ = learned_scores(network, batch)
    return cross_entropy(scores, labels, reduction="sum")


def judged_loss(network: GPT, batch: Batch) -> tuple[torch.Tensor, torch.Tensor]:
    """The same, and for each row whether the likeliest tokens are just those."""
    scores, labels, learned = learned_scores(network, batch)
    right = torch.ones_like(learned)
    right[learned] = scores.argmax(dim=-1) == labels
    return cross_entropy(scores, labels, reduction="sum"), right.all(dim=1)


def learned_scores(network: GPT, batch: Batch) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
    """Scores [N, vocabulary] and labels [N] of the N learned tokens, and which of the batch's tokens those are."""
    memory = network(batch.prefix)[1] if batch.prefix is not None else None
    states, _ = network(batch.rows[:, :-1], memory)
    labels = batch.labels[:, 1:]
    learned = labels != IGNORED
    return network.scores(states[learned]).float(), labels[learned], learned
