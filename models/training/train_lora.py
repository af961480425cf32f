"""Trains a LoRA adapter that writes join-free SQL.

Run as: python train_lora.py --config configs/gemma-3-270m.yaml --base MODEL --data FOLDER --out FOLDER [--resume]

MODEL is a GGUF file or a Hugging Face folder. FOLDER holds the packs that `parley train rows` writes. Ctrl-C saves a
checkpoint first; `--resume` goes on from the last one, in the same order of the same data.
On several GPUs: accelerate launch train_lora.py ...
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from adapter import add_adapter, open_base
from checkpoints import CheckpointError
from keep_memory import keep_freed_memory
from load_base import BaseModelError
from packs import PackError, data_files
from run_facts import RunMismatch
from settings import SettingsError, read_settings
from training_run import TrainingRun


def read_arguments(given: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Trains a LoRA adapter that writes join-free SQL.")
    parser.add_argument("--config", type=Path, required=True, help="a YAML file of settings, such as configs/gemma-3-270m.yaml")
    parser.add_argument("--base", type=Path, required=True, help="a GGUF file or a Hugging Face folder")
    parser.add_argument("--data", type=Path, required=True, help="the folder that `parley train rows` wrote")
    parser.add_argument("--out", type=Path, required=True, help="where checkpoints and logs go")
    parser.add_argument("--resume", action="store_true", help="go on from the last checkpoint in --out")
    parser.add_argument(
        "--start-from", type=Path, help="a checkpoint folder or a GGUF adapter whose weights this run starts with"
    )
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
        settings = read_settings(arguments.config, **changes)
        files = data_files(arguments.data)
        base = open_base(arguments.base, settings)
        run = TrainingRun(settings, base, add_adapter(base, settings), files, arguments.out)
        run.begin(resume=arguments.resume, start_from=arguments.start_from)
        return run.train(arguments.max_steps)
    except (SettingsError, BaseModelError, PackError, CheckpointError, RunMismatch) as error:
        print(error, file=sys.stderr)
        return 1


if __name__ == "__main__":
    keep_freed_memory()
    sys.exit(main())
