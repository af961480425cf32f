"""Positions as turns: number pairs of queries and keys are rotated by an angle that grows with the position.

Source: Su and others, RoFormer: Enhanced Transformer with Rotary Position Embedding, 2021; paired as Llama pairs them,
the first half of a head with its second.
"""

from __future__ import annotations

import torch
from torch import nn


class Rotary(nn.Module):
    """Turns [batch, heads, tokens, head width]; the first token stands at position `start`."""

    def __init__(self, head_width: int, context: int, base: float) -> None:
        super().__init__()
        frequencies = base ** (-torch.arange(0, head_width, 2, dtype=torch.float64) / head_width)
        angles = torch.outer(torch.arange(context, dtype=torch.float64), frequencies)
        self.register_buffer("cosine", torch.cat([angles.cos()] * 2, dim=-1).float(), persistent=False)
        self.register_buffer("sine", torch.cat([-angles.sin(), angles.sin()], dim=-1).float(), persistent=False)

    def forward(self, values: torch.Tensor, start: int) -> torch.Tensor:
        end = start + values.shape[-2]
        cosine, sine = self.cosine[start:end].to(values.dtype), self.sine[start:end].to(values.dtype)
        return values * cosine + values.roll(values.shape[-1] // 2, dims=-1) * sine
