"""Writes behind a prompt.

Run as: python generate.py --checkpoint RUN --prompt TEXT [--temperature 0.7 --top-k 40 --top-p 0.9 --seed 1 | --beams 4]

A checkpoint of the stage `answers` wants a whole prompt: ⟦schema⟧, the tables, ⟦question⟧, the words, ⟦sql⟧.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

import training_job  # noqa: F401
from corpus.answer_packs import END
from decoding.beam_search import beam_search
from decoding.choose_token import Manner, MannerError
from decoding.write_answer import write_answer
from learning.checkpoints import CheckpointError, open_checkpoint
from network.gpt import ContextOverflow


def read_arguments(given: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Writes behind a prompt.")
    parser.add_argument("--checkpoint", type=Path, required=True, help="a checkpoint, or the folder of a run")
    parser.add_argument("--prompt", required=True, help="a text, or - for standard input")
    parser.add_argument("--limit", type=int, default=100, help="tokens at most")
    parser.add_argument("--temperature", type=float, default=0.0, help="0 takes the likeliest token")
    parser.add_argument("--top-k", type=int, default=0, help="draw among so many tokens; 0 for all")
    parser.add_argument("--top-p", type=float, default=1.0, help="draw among the likeliest with this probability together")
    parser.add_argument("--seed", type=int, default=1, help="of the drawing")
    parser.add_argument("--beams", type=int, default=0, help="search with so many beams instead, and show all")
    return parser.parse_args(given)


def main(given: list[str] | None = None) -> int:
    """`given` are the flags; by default those of the command line."""
    arguments = read_arguments(given)
    try:
        network, tokenizer, _ = open_checkpoint(arguments.checkpoint)
        prompt = tokenizer.encode(sys.stdin.read() if arguments.prompt == "-" else arguments.prompt)
        end = tokenizer.id(END)
        if arguments.beams > 0:
            for beam in beam_search(network, prompt or [end], end, arguments.limit, arguments.beams):
                print(f"{beam.mean:.3f} {tokenizer.decode(beam.ids)}")
            return 0
        manner = Manner(arguments.temperature, arguments.top_k, arguments.top_p)
        print(tokenizer.decode(write_answer(network, prompt or [end], end, arguments.limit, manner, arguments.seed)))
        return 0
    except (CheckpointError, MannerError, ContextOverflow) as error:
        print(error, file=sys.stderr)
        return 1


if __name__ == "__main__":
    sys.exit(main())
