"""Continues a prompt token by token, each read once."""

from __future__ import annotations

import torch

from decoding.choose_token import Manner, choose_token
from network.gpt import GPT


@torch.no_grad()
def write_answer(
    network: GPT, prompt: list[int], end: int, limit: int, manner: Manner | None = None, seed: int | None = None
) -> list[int]:
    """Ids behind the prompt, without `end`; at most `limit`, and no more than the context holds."""
    generator = torch.Generator().manual_seed(seed) if seed is not None else None
    states, memory = network(torch.tensor([prompt]))
    written: list[int] = []
    while len(written) < min(limit, network.shape.context - len(prompt)):
        token = choose_token(network.scores(states[0, -1]).float(), manner or Manner(), generator)
        if token == end:
            break
        written.append(token)
        if len(prompt) + len(written) >= network.shape.context:
            break
        states, memory = network(torch.tensor([[token]]), memory)
    return written
