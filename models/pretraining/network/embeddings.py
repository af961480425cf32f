"""Tokens as vectors, with learned positions where the network has no rotary ones."""

from __future__ import annotations

import torch
from torch import nn

from network.shape import Shape


class Embeddings(nn.Module):
    def __init__(self, shape: Shape) -> None:
        super().__init__()
        self.tokens = nn.Embedding(shape.vocabulary, shape.width)
        self.positions = nn.Embedding(shape.context, shape.width) if shape.kind == "gpt2" else None

    def forward(self, ids: torch.Tensor, start: int) -> torch.Tensor:
        """[batch, length] → [batch, length, width]; the first token stands at position `start`."""
        vectors = self.tokens(ids)
        if self.positions is None:
            return vectors
        return vectors + self.positions(torch.arange(start, start + ids.shape[1], device=ids.device))
