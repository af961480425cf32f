"""One run: steps over the data, validation with samples, checkpoints, and a way to stop and go on exactly."""

from __future__ import annotations

import math
import signal
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

import torch
from accelerate import Accelerator
from torch.utils.tensorboard import SummaryWriter
from tqdm import tqdm

from corpus.answer_packs import END
from corpus.batch import IGNORED, Batch
from decoding.write_answer import write_answer
from learning.checkpoints import CheckpointError, latest_checkpoint, load_state, load_weights, read_facts, save_checkpoint
from learning.loss import judged_loss, summed_loss
from learning.optimisers import Optimisers
from learning.schedule import Schedule
from learning.settings import Settings
from network.gpt import GPT
from tokens.tokenizer import Tokenizer

Result = TypeVar("Result")
SAMPLE_TOKENS = 60
SAMPLE_PROMPT = 16
"""Tokens of running text that a sample continues from."""


class RunMismatch(Exception):
    """The checkpoint belongs to another run; the message says what differs."""


@dataclass(frozen=True)
class Validation:
    loss: float
    """Mean negative log-likelihood of a learned token, in nats."""
    exact: float
    """Share of rows that greedy decoding would write exactly."""


class Run:
    def __init__(
        self,
        network: GPT,
        tokenizer: Tokenizer,
        settings: Settings,
        data: tuple[Sequence[Sequence[Batch]], Sequence[Batch]],
        facts: dict,
        out: Path,
    ) -> None:
        passes, self.validation = data
        self.tokenizer, self.settings, self.facts, self.out = tokenizer, settings, facts, out
        self.accelerator = Accelerator()
        self.network = network.to(self.accelerator.device)
        self.schedule = Schedule(passes, settings)
        self.optimisers = Optimisers(network, settings)
        self.loss = torch.compile(summed_loss, dynamic=True) if settings.compile else summed_loss
        self.step = 0
        self.seconds = 0.0
        self.tokens = 0
        self.stopping = False

    def begin(self, resume: bool, start_from: Path | None) -> None:
        """Raises CheckpointError and RunMismatch; writes nothing."""
        last = latest_checkpoint(self.out)
        if last and not resume:
            raise CheckpointError(f"{self.out} already holds {last.name}. Add --resume to go on, or give another --out.")
        if last:
            self.go_on(last)
        elif start_from:
            load_weights(self.network, start_from)

    def go_on(self, last: Path) -> None:
        saved = read_facts(last)
        differing = [name for name in self.facts if saved.get(name) != self.facts[name]]
        if differing:
            raise RunMismatch(
                f"{last} was made with another {' and another '.join(differing)}. Use the same, or start in an empty folder."
            )
        load_weights(self.network, last)
        state = load_state(last)
        self.optimisers.load_state_dict(state["optimisers"])
        self.step, self.tokens, self.seconds = saved["step"], state["tokens"], state["seconds"]

    def train(self, max_steps: int | None = None) -> int:
        """Returns 0 when all steps are done, 3 when it was stopped before, with a checkpoint either way."""
        total = len(self.schedule)
        end = min(total, self.step + max_steps) if max_steps else total
        log = SummaryWriter(str(self.out / "logs")) if self.accelerator.is_main_process else None
        bar = tqdm(total=total, initial=self.step, unit="step", disable=not self.accelerator.is_main_process)
        before = [signal.signal(number, self.stop) for number in (signal.SIGINT, signal.SIGTERM)]
        try:
            while self.step < end and not self.stopping:
                loss = self.one_step()
                bar.update()
                bar.set_postfix_str(f"loss {loss:.3f}, {self.rate():.0f} tokens/s")
                self.note(log, "loss/train", loss)
                self.after_step(log, bar, last=self.step == end or self.stopping)
        finally:
            for number, handler in zip((signal.SIGINT, signal.SIGTERM), before, strict=True):
                signal.signal(number, handler)
            bar.close()
            if log:
                log.close()
        if self.step < total and self.accelerator.is_main_process:
            print(f"Stopped after step {self.step} of {total}; go on with --resume.")
        return 0 if self.step == total else 3

    def stop(self, *_: object) -> None:
        self.stopping = True

    def rate(self) -> float:
        """Tokens read a second, over the whole run."""
        return self.tokens / self.seconds if self.seconds else 0.0

    def one_step(self) -> float:
        """Returns the mean loss of a learned token in nats."""
        began = time.perf_counter()
        # What is forgotten is of the step, so that a run that goes on forgets the same.
        torch.manual_seed(self.settings.seed * len(self.schedule) + self.step)
        batches = self.schedule.batches(self.step)
        count = sum(batch.learned for batch in batches)
        total = 0.0
        for batch in self.own(batches):
            loss = self.forward(self.loss, batch)
            (loss / count).backward()
            total += loss.item()
        self.gather_gradients()
        torch.nn.utils.clip_grad_norm_(self.network.parameters(), self.settings.clip_norm)
        self.optimisers.step(self.schedule.learning_rate(self.step))
        self.step += 1
        self.tokens += sum(batch.read for batch in batches)
        self.seconds += time.perf_counter() - began
        total, stopping = self.summed(torch.tensor([total, float(self.stopping)])).tolist()
        self.stopping = stopping > 0
        return total / count

    def forward(self, loss: Callable[[GPT, Batch], Result], batch: Batch) -> Result:
        device = self.accelerator.device
        precision = getattr(torch, self.settings.precision)
        with torch.autocast(device.type, dtype=precision, enabled=precision != torch.float32):
            return loss(self.network, batch.to(device))

    def gather_gradients(self) -> None:
        if self.accelerator.num_processes > 1:
            for parameter in self.network.parameters():
                gradient = torch.zeros_like(parameter) if parameter.grad is None else parameter.grad
                parameter.grad = self.summed(gradient)

    def own(self, batches: Sequence[Batch]) -> Sequence[Batch]:
        """This process's share; gradients are summed, since shares may differ."""
        return batches[self.accelerator.process_index :: self.accelerator.num_processes]

    def summed(self, values: torch.Tensor) -> torch.Tensor:
        return self.accelerator.reduce(values.to(self.accelerator.device), reduction="sum")

    def after_step(self, log: SummaryWriter | None, bar: tqdm, last: bool) -> None:
        facts = {**self.facts, "tokensPerSecond": round(self.rate())}
        if last or self.step % self.settings.validate_every == 0:
            self.network.eval()
            result = self.validate()
            facts["validation"] = {"loss": result.loss, "exact": result.exact}
            if self.accelerator.is_main_process:
                bar.write(f"step {self.step}: validation loss {result.loss:.4f}, exact {100 * result.exact:.1f} %")
            self.note(log, "loss/validation", result.loss)
            self.note(log, "exact/validation", result.exact)
            self.note(log, "tokens a second", self.rate())
            if log:
                log.add_text("samples", "\n\n".join(self.samples()), self.step)
            self.network.train()
        if (last or self.step % self.settings.save_every == 0) and self.accelerator.is_main_process:
            state = {"optimisers": self.optimisers.state_dict(), "tokens": self.tokens, "seconds": self.seconds}
            save_checkpoint(self.out, self.step, self.network, self.tokenizer, state, facts)

    def note(self, log: SummaryWriter | None, name: str, value: float) -> None:
        if log and math.isfinite(value):
            log.add_scalar(name, value, self.step)

    @torch.no_grad()
    def validate(self) -> Validation:
        sums = torch.zeros(4)
        for batch in self.own([self.validation[index] for index in range(len(self.validation))]):
            loss, right = self.forward(judged_loss, batch)
            sums += torch.tensor([loss.item(), batch.learned, int(right.sum()), right.numel()])
        loss, tokens, exact, rows = self.summed(sums).tolist()
        return Validation(loss / max(1, tokens), exact / max(1, rows))

    def samples(self) -> list[str]:
        """What the network writes behind the first prompts of the validation data, as Markdown."""
        count = min(self.settings.samples, len(self.validation))
        return [self.sample(self.validation[index * len(self.validation) // count]) for index in range(count)]

    def sample(self, batch: Batch) -> str:
        learned = (batch.labels[0, 1:] != IGNORED).nonzero()
        asked = SAMPLE_PROMPT if self.settings.stage == "text" else int(learned[0]) + 1
        prompt = [*([] if batch.prefix is None else batch.prefix[0].tolist()), *batch.rows[0, :asked].tolist()]
        written = write_answer(self.network, prompt, self.tokenizer.id(END), SAMPLE_TOKENS)
        return f"{self.tokenizer.decode(batch.rows[0, :asked].tolist())} **{self.tokenizer.decode(written)}**"
