"""Keeps several continuations at once and returns the likeliest whole one, a mean over its tokens."""

from __future__ import annotations

from dataclasses import dataclass

import torch

from network.attention import Memory
from network.gpt import GPT


@dataclass(frozen=True)
class Beam:
    ids: list[int]
    """Without the end token."""
    score: float
    """Sum of log-probabilities, the end token's included once it has ended."""
    ended: bool

    @property
    def mean(self) -> float:
        return self.score / (len(self.ids) + 1)


@torch.no_grad()
def beam_search(network: GPT, prompt: list[int], end: int, limit: int, width: int) -> list[Beam]:
    """At most `width` continuations, best first. The prompt is read once."""
    states, memory = network(torch.tensor([prompt]))
    running, ended = [Beam([], 0.0, False)], []
    for _ in range(min(limit, network.shape.context - len(prompt))):
        scores = network.scores(states[:, -1]).float().log_softmax(dim=-1)
        grown = best(running, scores, width)
        ended += [whole(running[row], score) for row, token, score in grown if token == end]
        kept = [(row, token, score) for row, token, score in grown if token != end]
        if not kept or len(ended) >= width:
            running = [Beam([*running[row].ids, token], score, False) for row, token, score in kept]
            break
        memory = chosen(memory, [row for row, _, _ in kept])
        running = [Beam([*running[row].ids, token], score, False) for row, token, score in kept]
        if len(prompt) + len(running[0].ids) >= network.shape.context:
            break
        states, memory = network(torch.tensor([[beam.ids[-1]] for beam in running]), memory)
    return sorted([*ended, *running], key=lambda beam: (beam.ended, beam.mean), reverse=True)[:width]


def best(running: list[Beam], scores: torch.Tensor, width: int) -> list[tuple[int, int, float]]:
    """Row, token and score of the likeliest steps; ties by row, then by token."""
    totals = scores + torch.tensor([[beam.score] for beam in running])
    values, places = totals.flatten().topk(min(2 * width, totals.numel()))
    found = zip(values.tolist(), places.tolist(), strict=True)
    steps = [(*divmod(place, scores.shape[1]), value) for value, place in found]
    return sorted(steps, key=lambda step: (-step[2], step[0], step[1]))[:width]


def whole(beam: Beam, score: float) -> Beam:
    return Beam(beam.ids, score, True)


def chosen(memory: list[Memory], rows: list[int]) -> list[Memory]:
    index = torch.tensor(rows)
    return [(keys[index], values[index]) for keys, values in memory]
