"""How gradients change the weights: AdamW for all of them, or Muon for the matrices of the blocks.

Muon turns what the gradients of a matrix have in common into steps of equal length in every direction (Jordan et al.,
2024, "Muon: An optimizer for hidden layers"); scaled as by Liu et al. (2025, arXiv 2502.16982), it takes AdamW's rate.
"""

from __future__ import annotations

from collections.abc import Iterator

import torch
from torch.optim import AdamW, Muon, Optimizer

from learning.settings import Settings
from network.gpt import GPT

BETAS = (0.9, 0.95)
"""Of AdamW, as usual for language models; the second forgets sooner than 0.999 and steadies small batches."""


class Optimisers:
    """Several as one: each parameter belongs to exactly one of them."""

    def __init__(self, network: GPT, settings: Settings) -> None:
        inner = [parameter for block in network.blocks for parameter in block.parameters() if parameter.dim() > 1]
        by_muon = inner if settings.optimiser == "muon" else []
        taken = {id(parameter) for parameter in by_muon}
        others = [parameter for parameter in network.parameters() if id(parameter) not in taken]
        self.members: list[Optimizer] = [adam_of(others, settings)]
        if by_muon:
            rates = {"lr": settings.learning_rate, "weight_decay": settings.weight_decay}
            self.members.append(Muon(by_muon, **rates, adjust_lr_fn="match_rms_adamw"))

    def step(self, learning_rate: float) -> None:
        for group in self.groups():
            group["lr"] = learning_rate
        for member in self.members:
            member.step()
            member.zero_grad(set_to_none=True)

    def groups(self) -> Iterator[dict]:
        for member in self.members:
            yield from member.param_groups

    def state_dict(self) -> list[dict]:
        return [member.state_dict() for member in self.members]

    def load_state_dict(self, states: list[dict]) -> None:
        for member, state in zip(self.members, states, strict=True):
            member.load_state_dict(state)


def adam_of(parameters: list[torch.nn.Parameter], settings: Settings) -> AdamW:
    """Norms and biases do not decay."""
    matrices = [parameter for parameter in parameters if parameter.dim() > 1]
    vectors = [parameter for parameter in parameters if parameter.dim() < 2]
    groups = [{"params": matrices, "weight_decay": settings.weight_decay}, {"params": vectors, "weight_decay": 0.0}]
    return AdamW(groups, lr=settings.learning_rate, betas=BETAS, fused=True)
