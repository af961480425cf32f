"""Which batches make up which step, and how fast the weights change there: both follow from the step alone."""

from __future__ import annotations

import math
import random
from collections.abc import Sequence

from corpus.batch import Batch
from learning.settings import Settings

LOWEST_SHARE = 0.1
"""Of the learning rate, reached at the last step."""


class Schedule:
    """Steps of all passes. `passes` are the data of the passes; there may be fewer than are asked for."""

    def __init__(self, passes: Sequence[Sequence[Batch]], settings: Settings) -> None:
        self.passes, self.settings = passes, settings
        self.steps = [
            (number, step)
            for number in range(settings.passes)
            for step in grouped(passes[number % len(passes)], number, settings)
        ]

    def __len__(self) -> int:
        return len(self.steps)

    def batches(self, step: int) -> list[Batch]:
        number, indices = self.steps[step]
        data = self.passes[number % len(self.passes)]
        return [data[index] for index in indices]

    def learning_rate(self, step: int) -> float:
        """Linear warm-up, then a cosine."""
        highest = self.settings.learning_rate
        warmup = max(1, round(len(self) * self.settings.warmup_share))
        if step < warmup:
            return highest * (step + 1) / warmup
        progress = (step - warmup) / max(1, len(self) - warmup)
        return highest * (LOWEST_SHARE + (1 - LOWEST_SHARE) * 0.5 * (1 + math.cos(math.pi * progress)))


def grouped(data: Sequence[Batch], number: int, settings: Settings) -> list[list[int]]:
    """Batches in the order of this pass, gathered until a step has its tokens."""
    order = list(range(len(data)))
    random.Random(f"{settings.seed}:{number}").shuffle(order)
    steps: list[list[int]] = [[]]
    tokens = 0
    for index in order:
        if tokens >= settings.tokens_per_step:
            steps.append([])
            tokens = 0
        steps[-1].append(index)
        tokens += data[index].read
    return steps
