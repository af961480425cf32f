"""One layer: attention, then the feed-forward, each added to what it read.

In training a share of what is added may be forgotten (Srivastava and others, Dropout, 2014).
"""

from __future__ import annotations

import torch
from torch import nn

from network.attention import Attention, Memory
from network.feed_forward import GatedFeedForward, PlainFeedForward
from network.shape import Shape


class Block(nn.Module):
    def __init__(self, shape: Shape, dropout: float) -> None:
        super().__init__()
        self.attention_norm = norm_of(shape)
        self.attention = Attention(shape)
        self.feed_forward_norm = norm_of(shape)
        self.feed_forward = GatedFeedForward(shape) if shape.kind == "llama" else PlainFeedForward(shape)
        self.dropout = nn.Dropout(dropout)

    def forward(self, tokens: torch.Tensor, past: Memory | None = None) -> tuple[torch.Tensor, Memory]:
        gathered, memory = self.attention(self.attention_norm(tokens), past)
        tokens = tokens + self.dropout(gathered)
        return tokens + self.dropout(self.feed_forward(self.feed_forward_norm(tokens))), memory


def norm_of(shape: Shape) -> nn.Module:
    kind = nn.RMSNorm if shape.kind == "llama" else nn.LayerNorm
    return kind(shape.width, eps=shape.norm_epsilon)
