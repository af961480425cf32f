"""AdamW on 32-bit copies of weights that the model keeps in 16 bits.

Late in a run a step changes a weight by less than the 8 bits of a bfloat16 can tell apart; the copy keeps the sum.
"""

from __future__ import annotations

import torch


class MasterWeights:
    def __init__(self, parameters: list[torch.nn.Parameter], learning_rate: float, weight_decay: float) -> None:
        self.parameters = parameters
        self.copies = [parameter.detach().float().clone().requires_grad_(True) for parameter in parameters]
        self.optimizer = torch.optim.AdamW(self.copies, lr=learning_rate, betas=(0.9, 0.99), weight_decay=weight_decay)

    def take_gradients(self, scale: float) -> torch.Tensor:
        """Takes the gradients off the model, times `scale`, as one flat tensor in 32 bits that processes can sum."""
        parts = []
        for parameter in self.parameters:
            gradient = torch.zeros_like(parameter) if parameter.grad is None else parameter.grad
            parts.append(gradient.float().flatten() * scale)
            parameter.grad = None
        return torch.cat(parts)

    def step(self, gradients: torch.Tensor, learning_rate: float, clip_norm: float) -> None:
        """One step along `gradients`, as `take_gradients` gives them."""
        sizes = [copy.numel() for copy in self.copies]
        for copy, part in zip(self.copies, gradients.split(sizes), strict=True):
            copy.grad = part.view_as(copy)
        torch.nn.utils.clip_grad_norm_(self.copies, clip_norm)
        for group in self.optimizer.param_groups:
            group["lr"] = learning_rate
        self.optimizer.step()
        self.write_back()

    @torch.no_grad()
    def write_back(self) -> None:
        for copy, parameter in zip(self.copies, self.parameters, strict=True):
            parameter.copy_(copy)

    @torch.no_grad()
    def start_with(self, values: list[torch.Tensor]) -> None:
        """Takes other weights, in the order of the parameters; the optimiser remembers nothing of them."""
        for copy, value in zip(self.copies, values, strict=True):
            copy.copy_(value)
        self.write_back()

    def state(self) -> dict:
        return {"copies": [copy.detach() for copy in self.copies], "optimizer": self.optimizer.state_dict()}

    @torch.no_grad()
    def load(self, state: dict) -> None:
        for copy, saved in zip(self.copies, state["copies"], strict=True):
            copy.copy_(saved)
        self.optimizer.load_state_dict(state["optimizer"])
        self.write_back()
