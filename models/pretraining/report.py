"""Writes reports with pictures, as HTML files that need nothing else.

Run as: python report.py data --packs FILE --tokenizer FOLDER --out data.html
    or: python report.py model --checkpoint RUN --prompt TEXT --out model.html
    or: python report.py runs --runs RUN … --out runs.html
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

import training_job  # noqa: F401
from learning.checkpoints import CheckpointError, open_checkpoint
from network.gpt import ContextOverflow
from packs import PackError
from reports.data_report import data_report
from reports.model_report import model_report
from reports.page import Page
from reports.run_report import run_report
from tokens.tokenizer_file import TokenizerFileError, read_tokenizer


def read_arguments(given: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Writes reports with pictures, as HTML files that need nothing else.")
    kinds = parser.add_subparsers(dest="kind", required=True)
    data = kinds.add_parser("data", help="what packs are made of")
    data.add_argument("--packs", type=Path, required=True, help="a file of packs")
    data.add_argument("--tokenizer", type=Path, required=True, help="the folder of tokenizer.json")
    model = kinds.add_parser("model", help="what a network looks at")
    model.add_argument("--checkpoint", type=Path, required=True, help="a checkpoint, or the folder of a run")
    model.add_argument("--prompt", required=True, help="a text, or - for standard input")
    runs = kinds.add_parser("runs", help="how runs went")
    runs.add_argument("--runs", type=Path, nargs="+", required=True, help="folders of runs, to be compared")
    for kind in (data, model, runs):
        kind.add_argument("--out", type=Path, required=True, help="the HTML file to write")
    return parser.parse_args(given)


def main(given: list[str] | None = None) -> int:
    """`given` are the flags; by default those of the command line."""
    arguments = read_arguments(given)
    try:
        page_of(arguments).write(arguments.out)
    except (CheckpointError, ContextOverflow, PackError, TokenizerFileError) as error:
        print(error, file=sys.stderr)
        return 1
    except OSError as error:
        print(f"{arguments.out} cannot be written: {error.strerror or error}.", file=sys.stderr)
        return 1
    print(f"Wrote {arguments.out}.")
    return 0


def page_of(arguments: argparse.Namespace) -> Page:
    if arguments.kind == "data":
        return data_report(arguments.packs, read_tokenizer(arguments.tokenizer))
    if arguments.kind == "runs":
        return run_report(arguments.runs)
    network, tokenizer, _ = open_checkpoint(arguments.checkpoint)
    return model_report(network, tokenizer, sys.stdin.read() if arguments.prompt == "-" else arguments.prompt)


if __name__ == "__main__":
    sys.exit(main())
