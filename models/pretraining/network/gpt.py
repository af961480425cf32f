"""The whole network: token ids in, a score for every possible next token out."""

from __future__ import annotations

import math

import torch
from torch import nn

from network.attention import Memory
from network.block import Block, norm_of
from network.embeddings import Embeddings
from network.shape import Shape

INITIAL_SPREAD = 0.02
"""Standard deviation of fresh weights, as in GPT-2."""


class ContextOverflow(Exception):
    """More tokens than the network can read at once."""


class GPT(nn.Module):
    """The last matrix is the first one turned round: what a token is read as and what makes it likely are the same."""

    def __init__(self, shape: Shape, dropout: float = 0.0) -> None:
        """`dropout`: the share of what blocks add that is forgotten in training, 0 to 1."""
        super().__init__()
        self.shape = shape
        self.embeddings = Embeddings(shape)
        self.blocks = nn.ModuleList(Block(shape, dropout) for _ in range(shape.layers))
        self.norm = norm_of(shape)
        self.apply(initialise)
        for block in self.blocks:
            # Each block adds twice to the same sum, which would grow with their number.
            for last in (block.attention.output, block.feed_forward.down):
                nn.init.normal_(last.weight, std=INITIAL_SPREAD / math.sqrt(2 * shape.layers))

    def forward(self, ids: torch.Tensor, past: list[Memory] | None = None) -> tuple[torch.Tensor, list[Memory]]:
        """[batch, length] → hidden states [batch, length, width], and the memory of all that was read.

        `past` is the memory of what came before; of batch 1, it is shared. Raises ContextOverflow.
        """
        start = past[0][0].shape[-2] if past else 0
        if start + ids.shape[1] > self.shape.context:
            raise ContextOverflow(f"{start + ids.shape[1]} tokens do not fit into a context of {self.shape.context}.")
        tokens = self.embeddings(ids, start)
        memories = []
        for number, block in enumerate(self.blocks):
            tokens, memory = block(tokens, past[number] if past else None)
            memories.append(memory)
        return self.norm(tokens), memories

    def scores(self, states: torch.Tensor) -> torch.Tensor:
        """[…, width] → [… , vocabulary], the unnormalised log-probabilities of the next token."""
        return states @ self.embeddings.tokens.weight.t()

    def count(self) -> int:
        """Of parameters."""
        return sum(parameter.numel() for parameter in self.parameters())


def initialise(module: nn.Module) -> None:
    if isinstance(module, (nn.Linear, nn.Embedding)):
        nn.init.normal_(module.weight, std=INITIAL_SPREAD)
    if isinstance(module, nn.Linear) and module.bias is not None:
        nn.init.zeros_(module.bias)
