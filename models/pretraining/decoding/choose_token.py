"""Picks the next token from the scores of all: the likeliest, or drawn after cutting off what is unlikely."""

from __future__ import annotations

from dataclasses import dataclass

import torch


class MannerError(Exception):
    """A setting of decoding that makes no sense; the message says which are."""


@dataclass(frozen=True)
class Manner:
    temperature: float = 0.0
    """0 takes the likeliest; 1 draws as the network believes; more is bolder."""
    top_k: int = 0
    """Draw among so many; 0 for all."""
    top_p: float = 1.0
    """Draw among the likeliest that together have this probability."""

    def __post_init__(self) -> None:
        if self.temperature < 0 or self.top_k < 0 or not 0 < self.top_p <= 1:
            raise MannerError("temperature and top_k are 0 or more, top_p is above 0 and at most 1.")


def choose_token(scores: torch.Tensor, manner: Manner, generator: torch.Generator | None = None) -> int:
    """`scores` [vocabulary]."""
    if manner.temperature == 0:
        return int(scores.argmax())
    probabilities = torch.softmax(cut(scores / manner.temperature, manner), dim=-1)
    return int(torch.multinomial(probabilities, 1, generator=generator))


def cut(scores: torch.Tensor, manner: Manner) -> torch.Tensor:
    """What may not be drawn gets a score of minus infinity."""
    if 0 < manner.top_k < scores.numel():
        least = scores.topk(manner.top_k).values[-1]
        scores = scores.masked_fill(scores < least, -torch.inf)
    if manner.top_p < 1:
        ordered, order = scores.sort(descending=True)
        probabilities = ordered.softmax(dim=-1)
        # The one that reaches the share still belongs to it.
        beyond = probabilities.cumsum(dim=-1) - probabilities >= manner.top_p
        scores = scores.masked_fill(torch.zeros_like(beyond).scatter(0, order, beyond), -torch.inf)
    return scores
