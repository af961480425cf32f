"""Turns a checkpoint into a GGUF file that Parley loads, through llama.cpp's own converter.

Run as: python export.py --checkpoint RUN --out FOLDER/NAME.gguf [--type q8_0] [--measure TEXT --score NUMBER]

Beside the file comes NAME.json, which Parley's registry reads, and NAME-NOTICE.txt, which must go wherever the file goes.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from pathlib import Path

import training_job  # noqa: F401
from corpus.answer_packs import END
from export_error import ExportError
from learning.checkpoints import CheckpointError, open_checkpoint
from llama_source import llama_source, run
from network.gpt import GPT
from network.hugging_face import as_hugging_face
from notices import CHANGES, DATA_SETS
from sidecar import Score, score_of, training_of, write_beside
from tokens.tokenizer import Tokenizer
from tokens.tokenizer_file import write_tokenizer
from whole_file import whole_file

TYPES = ("q8_0", "f16", "f32")
CHAT = (
    "{% for message in messages %}"
    "{{ {'system': '⟦schema⟧', 'user': '⟦question⟧', 'assistant': '⟦sql⟧'}[message.role] + message.content }}"
    "{% endfor %}{% if add_generation_prompt %}{{ '⟦sql⟧' }}{% endif %}"
)
"""The schema is the system's part, the question the user's, the SQL the assistant's."""


def read_arguments(given: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Turns a checkpoint into a GGUF file that Parley loads.")
    parser.add_argument("--checkpoint", type=Path, required=True, help="a checkpoint, or the folder of a run")
    parser.add_argument("--out", type=Path, required=True, help="the file to write, NAME.gguf")
    parser.add_argument("--type", choices=TYPES, default="q8_0", help="of the matrices; default: q8_0")
    parser.add_argument("--measure", help="what was measured, such as 'spider-dev execution accuracy'")
    parser.add_argument("--score", type=float, help="the result, 0 to 1")
    return parser.parse_args(given)


def main(given: list[str] | None = None) -> int:
    """`given` are the flags; by default those of the command line."""
    arguments = read_arguments(given)
    try:
        if arguments.out.suffix != ".gguf":
            raise ExportError(f"--out is {arguments.out}; its name must end in .gguf.")
        score = score_of(arguments.measure, arguments.score)
        network, tokenizer, facts = open_checkpoint(arguments.checkpoint)
        with whole_file(arguments.out) as draft:
            convert(network, tokenizer, arguments.out.stem, arguments.type, draft)
            write_beside(arguments.out, draft, description_of(facts, arguments.type, score))
    except (CheckpointError, ExportError) as error:
        print(error, file=sys.stderr)
        return 1
    print(f"Wrote {arguments.out}: {arguments.out.stat().st_size / 1e6:.1f} MB")
    return 0


def description_of(facts: dict, kind: str, score: Score | None) -> dict:
    # A checkpoint that does not say where its data came from owes to all that may be in it.
    data_sets = facts["data"].get("dataSets", list(DATA_SETS))
    return {
        "kind": "scratch",
        "type": kind,
        "score": score and vars(score),
        "training": training_of(facts),
        "dataSets": data_sets,
        "notice": notice_of(data_sets),
    }


def notice_of(data_sets: list[str]) -> str:
    credits = "\n".join(f"- {DATA_SETS[name]}" for name in data_sets)
    return f"Trained from random weights by Parley, Apache License 2.0, on:\n{credits}\n{CHANGES}\n"


def convert(network: GPT, tokenizer: Tokenizer, name: str, kind: str, out: Path) -> None:
    """Raises ExportError."""
    with tempfile.TemporaryDirectory() as home:
        folder = Path(home, name)
        folder.mkdir()
        as_hugging_face(network, tokenizer.id(END)).save_pretrained(str(folder))
        write_tokenizer(tokenizer, folder)
        config = {"tokenizer_class": "PreTrainedTokenizerFast", "eos_token": END, "bos_token": END, "chat_template": CHAT}
        (folder / "tokenizer_config.json").write_text(json.dumps(config), encoding="utf-8")
        script = Path(__file__).with_name("convert_checked_words.py")
        wanted = ["--outtype", kind, "--outfile", str(out), str(folder)]
        command = [sys.executable, str(script), str(llama_source()), *wanted]
        run(command, "llama.cpp's converter failed", {"HF_HUB_OFFLINE": "1"})


if __name__ == "__main__":
    sys.exit(main())
