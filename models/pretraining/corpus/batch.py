"""What one forward and backward pass reads."""

from __future__ import annotations

from dataclasses import dataclass

import torch

IGNORED = -100
"""The label of a token that is read and not learned."""


@dataclass(frozen=True)
class Batch:
    prefix: torch.Tensor | None
    """Token ids that all rows continue from, [1, P]; none where there is nothing to share."""
    rows: torch.Tensor
    """Token ids, padded on the right, [B, L]."""
    labels: torch.Tensor
    """[B, L]: what is to be learned at its own place, IGNORED elsewhere. The first is never learned."""

    @property
    def learned(self) -> int:
        return int((self.labels[:, 1:] != IGNORED).sum())

    @property
    def read(self) -> int:
        """Tokens, padding included: what the work is proportional to."""
        return self.rows.numel() + (0 if self.prefix is None else self.prefix.numel())

    def to(self, device: torch.device) -> Batch:
        return Batch(None if self.prefix is None else self.prefix.to(device), self.rows.to(device), self.labels.to(device))
