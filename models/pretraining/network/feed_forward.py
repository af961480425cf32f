"""What a block does with each token alone."""

from __future__ import annotations

import torch
from torch import nn
from torch.nn.functional import gelu, silu

from network.shape import Shape


class GatedFeedForward(nn.Module):
    """SwiGLU, of Shazeer, GLU Variants Improve Transformer, 2020."""

    def __init__(self, shape: Shape) -> None:
        super().__init__()
        self.gate = nn.Linear(shape.width, shape.hidden, bias=False)
        self.up = nn.Linear(shape.width, shape.hidden, bias=False)
        self.down = nn.Linear(shape.hidden, shape.width, bias=False)

    def forward(self, tokens: torch.Tensor) -> torch.Tensor:
        return self.down(silu(self.gate(tokens)) * self.up(tokens))


class PlainFeedForward(nn.Module):
    """GELU by its tanh approximation, as in GPT-2."""

    def __init__(self, shape: Shape) -> None:
        super().__init__()
        self.up = nn.Linear(shape.width, shape.hidden)
        self.down = nn.Linear(shape.hidden, shape.width)

    def forward(self, tokens: torch.Tensor) -> torch.Tensor:
        return self.down(gelu(self.up(tokens), approximate="tanh"))
