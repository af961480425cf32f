"""Leaves out of the packs what a trained network all but rules out: answers that do not fit their questions.

Run as: python sift.py --checkpoint RUN --data DATA --out SIFTED [--least 0.02] [--ids wikisql]

A network learns what most answers have in common long before it knows single ones by heart (Arpit et al. 2017, arXiv
1706.05394). Where labels are doubtful and questions simple, an answer with a token that it gives less than --least is
more often labelled wrong than hard. Files of training packs are written without such answers, and without those that
are so in two other files: what a network saw often it may know by heart. tokenizer.json and validation.jsonl are copied
as they are. Train on the folder as on any other. After Ctrl-C the same command judges only the files that are left.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import shutil
import sys
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path

import torch
from torch.nn.functional import cross_entropy
from tqdm import tqdm

import training_job  # noqa: F401
from corpus.answer_packs import END, encode_pack
from corpus.batch import Batch
from corpus.corpus_error import CorpusError
from corpus.small_packs import MOST_TOKENS, Row, parts_of, stacked, whole_rows
from export_error import ExportError
from learning.checkpoints import CheckpointError, open_checkpoint
from learning.loss import learned_scores
from network.gpt import GPT
from packs import Pack, PackError, data_files, read_packs
from packs import Row as Answer
from tokens.tokenizer import Tokenizer
from whole_file import whole_file

RowId = tuple[str, str]
"""Database and id: the same question in all files."""


def read_arguments(given: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Leaves out of the packs what a trained network all but rules out.")
    parser.add_argument("--checkpoint", type=Path, required=True, help="a checkpoint, or the folder of a run")
    parser.add_argument("--data", type=Path, required=True, help="the folder of train-*.jsonl and validation.jsonl")
    parser.add_argument("--out", type=Path, required=True, help="the folder to write to")
    parser.add_argument("--least", type=float, default=0.02, help="the least that each token of an answer must be given, 0 to 1")
    parser.add_argument("--ids", default="", help="judge only answers whose ids begin so, such as wikisql")
    return parser.parse_args(given)


def main(given: list[str] | None = None) -> int:
    """`given` are the flags; by default those of the command line."""
    arguments = read_arguments(given)
    try:
        network, tokenizer, _ = open_checkpoint(arguments.checkpoint)
        files, validation = data_files(arguments.data)
        ruled_out = []
        for path in files:
            packs = read_packs(path)
            judge = partial(likelihoods, packs, network, tokenizer, arguments.ids)
            judged = once(judged_file(path, arguments.out), mark_of(network, path, arguments.ids), judge)
            ruled_out.append(unlikely(packs, judged, arguments.least))
        often = twice_in(ruled_out)
        for path, ids in zip(files, ruled_out, strict=True):
            packs = read_packs(path)
            kept = without(packs, ids | often)
            rows, left = (sum(len(pack.rows) for pack in each) for each in (packs, kept))
            print(f"{path.name}: {left} of {rows} answers kept.")
            write_packs(kept, arguments.out / path.name)
        for copied in (validation, arguments.data / "tokenizer.json"):
            shutil.copy(copied, arguments.out)
        for path in files:
            judged_file(path, arguments.out).unlink()
    except KeyboardInterrupt:
        print("Stopped. The same command goes on with the files that are not judged yet.", file=sys.stderr)
        return 130
    except (CheckpointError, CorpusError, ExportError, PackError, OSError) as error:
        print(error, file=sys.stderr)
        return 1
    return 0


def judged_file(path: Path, out: Path) -> Path:
    return out / f"{path.stem}.judged.json"


def mark_of(network: GPT, path: Path, ids: str) -> str:
    """Of all that the judgement of a file depends on."""
    found = hashlib.sha256(ids.encode() + b"\n" + path.read_bytes())
    for weights in network.state_dict().values():
        found.update(weights.float().numpy().tobytes())
    return found.hexdigest()


def once(path: Path, mark: str, judge: Callable[[], list[float]]) -> list[float]:
    """What stands in the file, where it was judged under that mark; else what is judged now, and kept. Raises ExportError."""
    try:
        kept = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        kept = {}
    if kept.get("mark") == mark:
        return kept["likelihoods"]
    judged = judge()
    with whole_file(path) as draft:
        draft.write_text(json.dumps({"mark": mark, "likelihoods": judged}), encoding="utf-8")
    return judged


def unlikely(packs: list[Pack], judged: list[float], least: float) -> set[RowId]:
    """`judged` in the order of all rows."""
    rows = (row_id(pack, row) for pack in packs for row in pack.rows)
    return {row for row, likelihood in zip(rows, judged, strict=True) if likelihood < least}


def twice_in(sets: list[set[RowId]]) -> set[RowId]:
    counted = Counter(row for rows in sets for row in rows)
    return {row for row, count in counted.items() if count > 1}


def without(packs: list[Pack], left_out: set[RowId]) -> list[Pack]:
    """A pack without rows is left out with them."""
    kept = [replace(pack, rows=tuple(row for row in pack.rows if row_id(pack, row) not in left_out)) for pack in packs]
    return [pack for pack in kept if pack.rows]


def row_id(pack: Pack, row: Answer) -> RowId:
    return pack.database, row.id


def likelihoods(packs: list[Pack], network: GPT, tokenizer: Tokenizer, ids: str = "") -> list[float]:
    """Of each answer that of its least likely token; 1 where it is not judged: with another id, or too long for the network."""
    rows = [row for pack in packs for row in rows_of(pack, tokenizer, network.shape.context, ids)]
    order = sorted((at for at, row in enumerate(rows) if row is not None), key=lambda at: len(rows[at][0]))
    judged: list[float] = []
    with torch.no_grad(), torch.autocast("cpu", dtype=torch.bfloat16), tqdm(total=len(order), unit="answer") as bar:
        for part in parts_of([rows[at] for at in order], MOST_TOKENS):
            judged += least_likely(network, stacked(part, tokenizer.id(END))).tolist()
            bar.update(len(part))
    found = [1.0] * len(rows)
    for at, likelihood in zip(order, judged, strict=True):
        found[at] = likelihood
    return found


def rows_of(pack: Pack, tokenizer: Tokenizer, context: int, ids: str) -> list[Row | None]:
    alone = [replace(pack, rows=(row,)) for row in pack.rows]
    batches = [encode_pack(each, tokenizer, context)[0] if each.rows[0].id.startswith(ids) else None for each in alone]
    return [None if batch is None else next(whole_rows(batch)) for batch in batches]


def least_likely(network: GPT, batch: Batch) -> torch.Tensor:
    """For each row, [B], what the learned token that is given least is given, 0 to 1."""
    scores, labels, learned = learned_scores(network, batch)
    logarithms = -cross_entropy(scores, labels, reduction="none")
    row_of_token = learned.nonzero()[:, 0]
    return torch.zeros(len(batch.rows)).scatter_reduce(0, row_of_token, logarithms, "amin").exp()


def write_packs(packs: list[Pack], path: Path) -> None:
    """Raises ExportError."""
    with whole_file(path) as draft, draft.open("w", encoding="utf-8") as out:
        for pack in packs:
            rows = [{"id": row.id, "suffix": row.suffix, "target": row.target} for row in pack.rows]
            out.write(json.dumps({**vars(pack), "rows": rows}) + "\n")


if __name__ == "__main__":
    sys.exit(main())
