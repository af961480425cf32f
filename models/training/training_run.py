"""One run: steps over packs, validation, checkpoints, and a way to stop and go on."""

from __future__ import annotations

import json
import math
import signal
import time
from contextlib import nullcontext
from dataclasses import dataclass
from pathlib import Path

import torch
from accelerate import Accelerator
from peft import PeftModel
from torch.utils.tensorboard import SummaryWriter
from tqdm import tqdm

from checkpoints import CheckpointError, latest_checkpoint, load_checkpoint, save_checkpoint
from load_base import Base
from master_weights import MasterWeights
from packs import EncodedPack, PackEncoder, pack_order, read_packs
from run_facts import KEPT, check_same, facts_of, start_facts
from run_log import RunLog
from settings import Settings
from shared_prefix import SharedPrefixLoss, SubVocabulary, used_tokens
from warm_start import read_start

LOWEST_SHARE = 0.1
"""Of the learning rate, reached at the last step."""


@dataclass(frozen=True)
class Validation:
    loss: float
    """Mean negative log-likelihood of a target token, in nats."""
    exact: float
    """Share of rows that greedy decoding would write exactly as their target."""


class TrainingRun:
    def __init__(self, settings: Settings, base: Base, model: PeftModel, files: tuple[list[Path], Path], out: Path) -> None:
        train_files, validation_file = files
        encoder = PackEncoder(base.tokenizer)
        self.settings, self.out = settings, out
        self.passes = [[encoder.encode(pack) for pack in read_packs(path)] for path in train_files]
        self.validation = [encoder.encode(pack) for pack in read_packs(validation_file)]
        self.facts = facts_of(settings, base, train_files, validation_file)
        self.weights = MasterWeights(
            [parameter for parameter in model.parameters() if parameter.requires_grad],
            settings.learning_rate,
            settings.weight_decay,
        )
        used = used_tokens([pack for packs in [*self.passes, self.validation] for pack in packs])
        vocabulary = SubVocabulary(model.get_output_embeddings().weight, used)
        self.accelerator = Accelerator()
        self.model = model
        self.loss = SharedPrefixLoss(model, vocabulary).to(self.accelerator.device)
        self.step = 0
        self.stopping = False

    def begin(self, resume: bool, start_from: Path | None) -> None:
        """Raises CheckpointError and RunMismatch; writes nothing."""
        last = latest_checkpoint(self.out)
        if last and not resume:
            raise CheckpointError(f"{self.out} already holds {last.name}. Add --resume to go on, or give another --out.")
        if last:
            saved = json.loads((last / "training.json").read_text(encoding="utf-8"))
            check_same(saved, self.facts, last)
            self.facts.update({name: saved[name] for name in KEPT if name in saved})
            self.step = load_checkpoint(last, self.weights)
        elif start_from:
            self.weights.start_with(read_start(start_from, self.model, self.facts["base"]["sha256"]))
            self.facts["startedFrom"] = start_facts(start_from)

    def train(self, max_steps: int | None) -> int:
        """Returns 0 when all steps are done, 3 when it was stopped before, with a checkpoint either way."""
        steps = self.step_count()
        end = min(steps, self.step + max_steps) if max_steps else steps
        is_main = self.accelerator.is_main_process
        log = SummaryWriter(str(self.out / "logs")) if is_main else None
        bar = tqdm(total=steps, initial=self.step, unit="step", disable=not is_main)
        before = [signal.signal(number, self.stop) for number in (signal.SIGINT, signal.SIGTERM)]
        try:
            with RunLog(self.out) if is_main else nullcontext() as lines:
                if lines:
                    lines.begin(self.facts, steps)
                while self.step < end and not self.stopping:
                    loss = self.logged_step(steps, lines)
                    bar.update()
                    bar.set_postfix_str(f"loss {loss:.3f}")
                    self.note(log, "loss/train", loss)
                    self.after_step(log, lines, bar, last=self.step == end or self.stopping)
        finally:
            for number, handler in zip((signal.SIGINT, signal.SIGTERM), before, strict=True):
                signal.signal(number, handler)
            bar.close()
            if log:
                log.close()
        if self.step < steps and self.accelerator.is_main_process:
            print(f"Stopped after step {self.step} of {steps}; go on with --resume.")
        return 0 if self.step == steps else 3

    def stop(self, *_: object) -> None:
        self.stopping = True

    def logged_step(self, steps: int, lines: RunLog | None) -> float:
        rate, started = self.learning_rate(steps), time.perf_counter()
        tokens = sum(pack.token_count for pack in self.packs_of_step(self.step))
        loss = self.one_step(steps)
        if lines:
            lines.step(self.step, loss=loss, rate=rate, tokens=tokens, seconds=time.perf_counter() - started)
        return loss

    def after_step(self, log: SummaryWriter | None, lines: RunLog | None, bar: tqdm, last: bool) -> None:
        facts = self.facts
        if last or self.step % self.settings.validate_every == 0:
            result = self.validate()
            if self.accelerator.is_main_process:
                bar.write(f"step {self.step}: validation loss {result.loss:.4f}, exact {100 * result.exact:.1f} %")
            self.note(log, "loss/validation", result.loss)
            self.note(log, "exact/validation", result.exact)
            if lines:
                lines.validation(self.step, loss=result.loss, exact=result.exact)
            facts = {**facts, "validation": {"loss": result.loss, "exact": result.exact}}
        if (last or self.step % self.settings.save_every == 0) and self.accelerator.is_main_process:
            save_checkpoint(self.out, self.step, self.model, self.weights, facts)

    def note(self, log: SummaryWriter | None, name: str, value: float) -> None:
        if log:
            log.add_scalar(name, value, self.step)

    def one_step(self, steps: int) -> float:
        """Returns the mean loss of a target token in nats."""
        packs = self.packs_of_step(self.step)
        count = sum(pack.target_count for pack in packs)
        total = 0.0
        for pack in self.own(packs):
            loss, _ = self.loss(*self.on_device(pack))
            loss.backward()
            total += loss.item()
        gradients = self.summed(self.weights.take_gradients(1 / count))
        self.weights.step(gradients, self.learning_rate(steps), self.settings.clip_norm)
        self.step += 1
        total, stopping = self.summed(torch.tensor([total, float(self.stopping)])).tolist()
        self.stopping = stopping > 0
        return total / count

    @torch.no_grad()
    def validate(self) -> Validation:
        self.model.eval()
        sums = torch.zeros(4)
        for pack in self.own(self.validation):
            loss, written = self.loss(*self.on_device(pack))
            sums += torch.tensor([loss.item(), pack.target_count, int(written.sum()), written.numel()])
        self.model.train()
        loss, tokens, exact, rows = self.summed(sums).tolist()
        return Validation(loss / tokens, exact / rows)

    def own(self, packs: list[EncodedPack]) -> list[EncodedPack]:
        """This process's share. Gradients are summed by hand, since shares may differ by a pack."""
        return packs[self.accelerator.process_index :: self.accelerator.num_processes]

    def summed(self, values: torch.Tensor) -> torch.Tensor:
        """Over all processes."""
        return self.accelerator.reduce(values.to(self.accelerator.device), reduction="sum")

    def on_device(self, pack: EncodedPack) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
        device = self.accelerator.device
        return pack.prefix.to(device), pack.rows.to(device), pack.labels.to(device)

    def steps_per_pass(self, number: int) -> int:
        return math.ceil(len(self.packs_of_pass(number)) / self.settings.packs_per_step)

    def packs_of_pass(self, number: int) -> list[EncodedPack]:
        return self.passes[number % len(self.passes)]

    def step_count(self) -> int:
        return sum(self.steps_per_pass(number) for number in range(self.settings.passes))

    def packs_of_step(self, step: int) -> list[EncodedPack]:
        number = 0
        while step >= self.steps_per_pass(number):
            step -= self.steps_per_pass(number)
            number += 1
        packs = self.packs_of_pass(number)
        order = pack_order(len(packs), self.settings.seed, number)
        size = self.settings.packs_per_step
        return [packs[index] for index in order[step * size : (step + 1) * size]]

    def learning_rate(self, steps: int) -> float:
        """Linear warm-up, then a cosine."""
        warmup = max(1, round(steps * self.settings.warmup_share))
        if self.step < warmup:
            return self.settings.learning_rate * (self.step + 1) / warmup
        progress = (self.step - warmup) / max(1, steps - warmup)
        share = LOWEST_SHARE + (1 - LOWEST_SHARE) * 0.5 * (1 + math.cos(math.pi * progress))
        return self.settings.learning_rate * share
