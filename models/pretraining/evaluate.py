"""Measures a checkpoint on packs: loss, and how many answers it would write exactly.

Run as: python evaluate.py --checkpoint RUN --packs FILE [--decode --beams 4] [--failures 20]

Without --decode an answer counts as exact when each of its tokens is the likeliest after the right ones before it, which
is when greedy decoding writes it. `parley evaluate --generator scratch` measures what the SQL gives, under the grammar.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from pathlib import Path

import torch
from tqdm import tqdm

import training_job  # noqa: F401
from corpus.answer_packs import END, read_answer_packs
from corpus.batch import IGNORED, Batch
from corpus.corpus_error import CorpusError
from decoding.beam_search import beam_search
from decoding.write_answer import write_answer
from learning.checkpoints import CheckpointError, open_checkpoint
from learning.loss import judged_loss

ANSWER_TOKENS = 120


def read_arguments(given: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Measures a checkpoint on packs.")
    parser.add_argument("--checkpoint", type=Path, required=True, help="a checkpoint, or the folder of a run")
    parser.add_argument("--packs", type=Path, required=True, help="a file of packs, such as validation.jsonl")
    parser.add_argument("--decode", action="store_true", help="write each answer token by token, and compare the texts")
    parser.add_argument("--beams", type=int, default=0, help="with --decode: search with so many beams")
    parser.add_argument("--failures", type=int, default=0, help="with --decode: show so many wrong answers")
    return parser.parse_args(given)


def main(given: list[str] | None = None) -> int:
    """`given` are the flags; by default those of the command line."""
    arguments = read_arguments(given)
    try:
        network, tokenizer, _ = open_checkpoint(arguments.checkpoint)
        packs = read_answer_packs(arguments.packs, tokenizer, network.shape.context).packs
    except (CheckpointError, CorpusError) as error:
        print(error, file=sys.stderr)
        return 1
    loss, tokens, exact, rows = 0.0, 0, 0, 0
    with torch.no_grad():
        for batch in tqdm(packs.batches, unit="batch", desc="Reading"):
            summed, right = judged_loss(network, batch)
            loss, tokens = loss + float(summed), tokens + batch.learned
            exact, rows = exact + int(right.sum()), rows + right.numel()
    print(f"loss {loss / tokens:.4f} nats a token, exact {exact} of {rows} ({100 * exact / rows:.1f} %)")
    if arguments.decode:
        compare(network, tokenizer, packs.batches, arguments)
    return 0


def compare(network, tokenizer, batches: list[Batch], arguments: argparse.Namespace) -> None:
    right, shown, count = 0, 0, 0
    for prompt, wanted in tqdm(asked(batches), unit="answer", desc="Writing"):
        end = tokenizer.id(END)
        if arguments.beams:
            written = beam_search(network, prompt, end, ANSWER_TOKENS, arguments.beams)[0].ids
        else:
            written = write_answer(network, prompt, end, ANSWER_TOKENS)
        count += 1
        right += written == wanted
        if written != wanted and shown < arguments.failures:
            shown += 1
            print(f"wanted {tokenizer.decode(wanted)}\nwrote  {tokenizer.decode(written)}\n")
    print(f"written exactly: {right} of {count} ({100 * right / max(1, count):.1f} %)")


def asked(batches: list[Batch]) -> Iterator[tuple[list[int], list[int]]]:
    """Whole prompts and their answers, without the end token."""
    for batch in batches:
        prefix = [] if batch.prefix is None else batch.prefix[0].tolist()
        for row, labels in zip(batch.rows.tolist(), batch.labels.tolist(), strict=True):
            places = [at for at, label in enumerate(labels) if label != IGNORED]
            yield prefix + row[: places[0]], row[places[0] : places[-1]]


if __name__ == "__main__":
    sys.exit(main())
