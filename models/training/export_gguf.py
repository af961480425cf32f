"""Turns a checkpoint of train_lora.py into files that Parley and llama.cpp read.

Run as: python export_gguf.py adapter --checkpoint FOLDER --base MODEL --out NAME.gguf
    or: python export_gguf.py merge --adapter NAME.gguf --base MODEL --out OTHER.gguf --type q8_0

MODEL is the GGUF file or the Hugging Face folder that was trained on. Beside the file come NAME.json, which the model
registry reads, and NAME-NOTICE.txt, which must go wherever the file goes.
An adapter keeps the base as it is; prefer it. A merge is one file for programs that load no adapters.
"""

from __future__ import annotations

import argparse
import signal
import sys
from pathlib import Path

from checkpoint_facts import read_json
from export_error import ExportError
from gguf_adapter import check_fit, open_gguf, read_changes
from gguf_convert import ADAPTER_TYPES, convert_adapter
from load_base import BaseModelError, hash_base
from mean_checkpoint import checkpoint_of
from merged_file import MERGED_TYPES, write_merged
from notices import DATA_SETS, notice
from sidecar import Score, read_sidecar, score_of, training_of, write_beside
from whole_file import whole_file


def read_arguments(given: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Turns a checkpoint into files that Parley and llama.cpp read.")
    commands = parser.add_subparsers(dest="command", required=True)
    adapter = commands.add_parser("adapter", help="a GGUF adapter, to be loaded over the base it was trained on")
    adapter.add_argument(
        "--checkpoint", type=Path, required=True, nargs="+", help="step-… folders of train_lora.py; of several, the mean"
    )
    adapter.add_argument("--served-over", type=Path, help="the GGUF file it will be loaded over, when --base is a folder")
    adapter.add_argument("--type", choices=ADAPTER_TYPES, default="f16", help="of its numbers; default: f16")
    adapter.add_argument("--data-sets", nargs="+", choices=DATA_SETS, help="to be credited; default: those of the rows")
    merge = commands.add_parser("merge", help="base and adapter as one GGUF file")
    merge.add_argument("--adapter", type=Path, required=True, help="a GGUF adapter with its .json beside it")
    merge.add_argument("--type", choices=MERGED_TYPES, default="q8_0", help="of its matrices; default: q8_0")
    for command in (adapter, merge):
        command.add_argument("--base", type=Path, required=True, help="the GGUF file or folder that was trained on")
        command.add_argument("--out", type=Path, required=True, help="the file to write, NAME.gguf")
        command.add_argument("--measure", help="what was measured, such as 'spider-dev execution accuracy'")
        command.add_argument("--score", type=float, help="the result, 0 to 1; without one Parley never prefers the file")
    return parser.parse_args(given)


def main(given: list[str] | None = None) -> int:
    """`given` are the flags; by default those of the command line."""
    arguments = read_arguments(given)
    # Whoever ends the job by another way than Ctrl-C, or where a shell took that away, leaves no drafts behind either.
    for ending in (signal.SIGINT, signal.SIGTERM):
        signal.signal(ending, signal.default_int_handler)
    try:
        if arguments.out.suffix != ".gguf":
            raise ExportError(f"--out is {arguments.out}; its name must end in .gguf.")
        score = score_of(arguments.measure, arguments.score)
        if arguments.command == "adapter":
            export_adapter(arguments, score)
        else:
            export_merged(arguments, score)
    except (ExportError, BaseModelError) as error:
        print(error, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print(f"Stopped. Nothing was written to {arguments.out}.", file=sys.stderr)
        return 130
    print(f"Wrote {arguments.out}: {arguments.out.stat().st_size / 1e6:.1f} MB")
    return 0


def export_adapter(arguments: argparse.Namespace, score: Score | None) -> None:
    base: Path = arguments.base
    served: Path = arguments.served_over or base
    with checkpoint_of(arguments.checkpoint, hash_base(base)) as checkpoint, whole_file(arguments.out) as draft:
        # A checkpoint that does not say where its rows came from owes to all that may be among them.
        data_sets = arguments.data_sets or checkpoint.facts.get("dataSets", list(DATA_SETS))
        convert_adapter(checkpoint, base, arguments.out.stem, arguments.type, draft)
        changes = read_changes(open_gguf(draft), arguments.out)
        if served.is_file():
            check_fit(open_gguf(served), changes, arguments.out)
        description = {
            "base": {"name": served.stem if served.is_file() else served.name, "sha256": hash_base(served)},
            "score": score and vars(score),
            "trainedOn": checkpoint.facts["base"] if served != base else None,
            "training": training_of(checkpoint.facts),
            "dataSets": data_sets,
            "notice": notice(served.stem, licence_of(served), data_sets),
        }
        write_beside(arguments.out, draft, description)


def export_merged(arguments: argparse.Namespace, score: Score | None) -> None:
    adapter = read_sidecar(arguments.adapter)
    base_sha256 = hash_base(arguments.base)
    if base_sha256 not in (adapter["base"]["sha256"], adapter.get("trainedOn", {}).get("sha256")):
        raise ExportError(
            f"{arguments.adapter} was trained on {adapter['base']['name']}, not on {arguments.base} (SHA-256 "
            f"{base_sha256[:12]}…). On other weights it writes nonsense."
        )
    with whole_file(arguments.out) as draft:
        write_merged(arguments.base, arguments.adapter, arguments.out.stem, arguments.type, draft)
        description = {
            "kind": "merged",
            "type": arguments.type,
            "base": adapter["base"],
            "adapter": {"name": adapter["name"], "sha256": adapter["sha256"]},
            "score": score and vars(score),
            "training": adapter.get("training"),
            "dataSets": adapter.get("dataSets"),
            "notice": adapter["notice"],
        }
        write_beside(arguments.out, draft, description)


def licence_of(base: Path) -> str | None:
    """As a GGUF file names it; a folder names none, but who made a Gemma is plain from its kind."""
    if base.is_dir():
        return "gemma" if str(read_json(base / "config.json").get("model_type")).startswith("gemma") else None
    field = open_gguf(base).fields.get("general.license")
    return field and field.contents()


if __name__ == "__main__":
    sys.exit(main())
