"""Compares the speed of training with that of a plain Trainer of transformers: same size, same data, same machine.

Run as: python compare_speed.py --shape configs/small.yaml --settings configs/answers.yaml --data FOLDER [--steps 20]

Tokens are those of the data, padding left out; of an answer, those of its whole prompt, however often a loop reads the
schema that questions share. The first steps of both are not counted.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
import time
from pathlib import Path

import torch
from torch.nn.utils.rnn import pad_sequence
from transformers import Trainer, TrainerCallback, TrainingArguments

import training_job  # noqa: F401
from corpus.answer_packs import END
from corpus.batch import IGNORED
from corpus.corpus_error import CorpusError
from corpus.open_data import open_data
from corpus.small_packs import Row, whole_rows
from keep_memory import keep_freed_memory
from learning.optimisers import BETAS
from learning.run import Run
from learning.schedule import Schedule
from learning.settings import Settings, SettingsError, read_settings
from network.gpt import GPT
from network.hugging_face import as_hugging_face
from network.shape import ShapeError, read_shape
from tokens.tokenizer_file import TokenizerFileError, read_tokenizer

WARM_UP = 3
"""Steps of either loop that are not counted."""
TRAINER_ROWS = 8
"""Of a batch of the Trainer, its default."""


def read_arguments(given: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Compares the speed of training with that of a plain Trainer.")
    parser.add_argument("--shape", type=Path, required=True, help="sizes of the network, such as configs/small.yaml")
    parser.add_argument("--settings", type=Path, required=True, help="how to train it, such as configs/answers.yaml")
    parser.add_argument("--data", type=Path, required=True, help="the folder that preprocess.py wrote")
    parser.add_argument("--steps", type=int, default=20, help="steps that are counted")
    return parser.parse_args(given)


def main(given: list[str] | None = None) -> int:
    """`given` are the flags; by default those of the command line."""
    arguments = read_arguments(given)
    try:
        settings = read_settings(arguments.settings)
        tokenizer = read_tokenizer(arguments.data)
        shape = read_shape(arguments.shape, vocabulary=tokenizer.size)
        data = open_data(arguments.data, settings, tokenizer, shape.context)
        steps = Schedule(data.passes, settings)
        if len(steps) <= WARM_UP:
            raise CorpusError(f"{arguments.data} makes {len(steps)} steps, and {WARM_UP} warm up. Give more data.")
    except (ShapeError, SettingsError, TokenizerFileError, CorpusError) as error:
        print(error, file=sys.stderr)
        return 1
    end = tokenizer.id(END)
    count = min(WARM_UP + arguments.steps, len(steps))
    rows = [[row for batch in steps.batches(step) for row in whole_rows(batch)] for step in range(count)]
    with tempfile.TemporaryDirectory() as folder:
        run = Run(GPT(shape, settings.dropout), tokenizer, settings, (data.passes, data.validation), {}, Path(folder))
        ours = rate_of_run(run, rows)
        theirs = rate_of_trainer(as_hugging_face(GPT(shape), end), rows, settings, Path(folder))
    found = {"stage": settings.stage, "steps": count - WARM_UP, "threads": torch.get_num_threads()}
    print(json.dumps({**found, "tokensPerSecond": round(ours), "trainer": round(theirs), "ratio": round(ours / theirs, 2)}))
    return 0


def tokens_of(steps: list[list[Row]]) -> int:
    return sum(len(ids) for rows in steps for ids, _ in rows)


def rate_of_run(run: Run, steps: list[list[Row]]) -> float:
    for _ in steps[:WARM_UP]:
        run.one_step()
    began = time.perf_counter()
    for _ in steps[WARM_UP:]:
        run.one_step()
    return tokens_of(steps[WARM_UP:]) / (time.perf_counter() - began)


class Stopwatch(TrainerCallback):
    def __init__(self) -> None:
        self.began = self.ended = 0.0

    def on_step_end(self, arguments: object, state: object, control: object, **_: object) -> None:
        self.ended = time.perf_counter()
        if not self.began:
            self.began = self.ended


def rate_of_trainer(model: torch.nn.Module, steps: list[list[Row]], settings: Settings, folder: Path) -> float:
    """The same rows in the same order; the Trainer's first step warms up, and what it reads there is not counted."""
    rows = [row for step in steps for row in step]
    per_step = TRAINER_ROWS * max(1, round(len(rows) / len(steps) / TRAINER_ROWS))
    watch = Stopwatch()
    arguments = TrainingArguments(
        output_dir=str(folder),
        num_train_epochs=1,
        per_device_train_batch_size=TRAINER_ROWS,
        gradient_accumulation_steps=per_step // TRAINER_ROWS,
        learning_rate=settings.learning_rate,
        adam_beta1=BETAS[0],
        adam_beta2=BETAS[1],
        weight_decay=settings.weight_decay,
        max_grad_norm=settings.clip_norm,
        bf16=settings.precision == "bfloat16",
        use_cpu=not torch.cuda.is_available(),
        save_strategy="no",
        report_to="none",
        disable_tqdm=True,
        logging_steps=10_000,
    )
    trainer = Trainer(model.train(), arguments, data_collator=padded, train_dataset=rows, callbacks=[watch])
    # In the order given: shuffling changes which rows are padded together, not what a step costs on the whole.
    trainer.train()
    return tokens_of([rows[per_step:]]) / (watch.ended - watch.began)


def padded(rows: list[Row]) -> dict[str, torch.Tensor]:
    ids = pad_sequence([ids for ids, _ in rows], batch_first=True)
    labels = pad_sequence([labels for _, labels in rows], batch_first=True, padding_value=IGNORED)
    seen = pad_sequence([torch.ones_like(ids) for ids, _ in rows], batch_first=True)
    return {"input_ids": ids, "labels": labels, "attention_mask": seen}


if __name__ == "__main__":
    keep_freed_memory()
    sys.exit(main())
