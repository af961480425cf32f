"""Causal self-attention: each token gathers from those before it, and from a remembered beginning if there is one."""

from __future__ import annotations

import torch
from torch import nn
from torch.nn.functional import scaled_dot_product_attention

from network.rotary import Rotary
from network.shape import Shape

Memory = tuple[torch.Tensor, torch.Tensor]
"""Keys and values of tokens read before, [batch, key-value heads, tokens, head width] each."""


class Attention(nn.Module):
    def __init__(self, shape: Shape) -> None:
        super().__init__()
        bias = shape.kind == "gpt2"
        self.shape = shape
        self.query = nn.Linear(shape.width, shape.heads * shape.head_width, bias=bias)
        self.key = nn.Linear(shape.width, shape.key_value_heads * shape.head_width, bias=bias)
        self.value = nn.Linear(shape.width, shape.key_value_heads * shape.head_width, bias=bias)
        self.output = nn.Linear(shape.heads * shape.head_width, shape.width, bias=bias)
        self.rotary = Rotary(shape.head_width, shape.context, shape.rotary_base) if shape.kind == "llama" else None

    def forward(self, tokens: torch.Tensor, past: Memory | None = None) -> tuple[torch.Tensor, Memory]:
        """`tokens` [batch, length, width]; a `past` of batch 1 is shared by all."""
        length = tokens.shape[1]
        start = past[0].shape[-2] if past else 0
        query, key, value = self.heads(self.query(tokens)), self.heads(self.key(tokens)), self.heads(self.value(tokens))
        if self.rotary:
            query, key = self.rotary(query, start), self.rotary(key, start)
        if past:
            key, value = joined(past[0], key), joined(past[1], value)
        gathered = scaled_dot_product_attention(
            query,
            key,
            value,
            attn_mask=seen(length, start, query) if start else None,
            is_causal=start == 0,
            enable_gqa=self.shape.key_value_heads != self.shape.heads,
        )
        return self.output(gathered.transpose(1, 2).flatten(2)), (key, value)

    def heads(self, values: torch.Tensor) -> torch.Tensor:
        """[batch, length, heads × head width] → [batch, heads, length, head width]."""
        return values.unflatten(-1, (-1, self.shape.head_width)).transpose(1, 2)


def joined(before: torch.Tensor, now: torch.Tensor) -> torch.Tensor:
    return torch.cat([before.expand(now.shape[0], -1, -1, -1), now], dim=-2)


def seen(length: int, start: int, like: torch.Tensor) -> torch.Tensor:
    """[length, start + length], True where a token may look."""
    return torch.ones(length, start + length, dtype=torch.bool, device=like.device).tril(start)
