"""Trains a network on running text or on answers.

Run as: python train.py --shape configs/small.yaml --settings configs/answers.yaml --data FOLDER --out FOLDER [--resume]

FOLDER is what preprocess.py wrote: a tokenizer with text.safetensors (stage `text`), with train-*.jsonl (stage
`answers`) or with chat-*.jsonl (stage `chat`). Ctrl-C saves a checkpoint first; `--resume` goes on from the last one,
in the same order of the same data.
On several GPUs: accelerate launch train.py ...
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

import torch

import training_job  # noqa: F401
from corpus.corpus_error import CorpusError
from corpus.open_data import open_data
from keep_memory import keep_freed_memory
from learning.checkpoints import CheckpointError
from learning.run import Run, RunMismatch
from learning.settings import SettingsError, read_settings
from network.gpt import GPT
from network.shape import ShapeError, read_shape
from tokens.tokenizer_file import TokenizerFileError, read_tokenizer


def read_arguments(given: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Trains a network on running text or on answers.")
    parser.add_argument("--shape", type=Path, required=True, help="sizes of the network, such as configs/small.yaml")
    parser.add_argument("--settings", type=Path, required=True, help="how to train it, such as configs/answers.yaml")
    parser.add_argument("--data", type=Path, required=True, help="the folder that preprocess.py wrote")
    parser.add_argument("--out", type=Path, required=True, help="where checkpoints and logs go")
    parser.add_argument("--start-from", type=Path, help="a run or checkpoint whose weights this run starts with")
    parser.add_argument("--resume", action="store_true", help="go on from the last checkpoint in --out")
    parser.add_argument("--passes", type=int, help="instead of the configured number of passes")
    parser.add_argument("--learning-rate", type=float, help="instead of the configured rate")
    parser.add_argument("--seed", type=int, help="instead of the configured seed")
    parser.add_argument("--max-steps", type=int, help="stop with a checkpoint after this many steps")
    return parser.parse_args(given)


def main(given: list[str] | None = None) -> int:
    """`given` are the flags; by default those of the command line."""
    arguments = read_arguments(given)
    try:
        changes = {"passes": arguments.passes, "learning_rate": arguments.learning_rate, "seed": arguments.seed}
        settings = read_settings(arguments.settings, **changes)
        tokenizer = read_tokenizer(arguments.data)
        shape = read_shape(arguments.shape, vocabulary=tokenizer.size)
        torch.manual_seed(settings.seed)
        data = open_data(arguments.data, settings, tokenizer, shape.context)
        network = GPT(shape, settings.dropout)
        print(f"{network.count() / 1e6:.1f} million parameters, {shape.vocabulary} tokens in the vocabulary.")
        facts = {"shape": shape.as_dict(), "settings": settings.as_dict(), "data": data.facts}
        run = Run(network, tokenizer, settings, (data.passes, data.validation), facts, arguments.out)
        run.begin(resume=arguments.resume, start_from=arguments.start_from)
        return run.train(arguments.max_steps)
    except (ShapeError, SettingsError, TokenizerFileError, CorpusError, CheckpointError, RunMismatch) as error:
        print(error, file=sys.stderr)
        return 1


if __name__ == "__main__":
    keep_freed_memory()
    sys.exit(main())
