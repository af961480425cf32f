"""Opens what preprocess.py wrote, for one stage of training."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import training_job  # noqa: F401
from corpus.answer_packs import END, read_answer_packs
from corpus.batch import Batch
from corpus.corpus_error import CorpusError
from corpus.small_packs import MOST_TOKENS, gather_small_packs
from corpus.text_windows import TextWindows, read_ids
from learning.settings import Settings
from packs import PackError, data_files, hash_files
from run_facts import credited_sets
from tokens.tokenizer import Tokenizer

TEXT, VALIDATION_TEXT = "text.safetensors", "validation.safetensors"
STEMS = {"answers": "train", "chat": "chat"}
"""How the files of packs begin, by stage."""


@dataclass(frozen=True)
class Data:
    passes: Sequence[Sequence[Batch]]
    validation: Sequence[Batch]
    facts: dict
    """Saved beside every checkpoint, and compared before one is continued."""


def open_data(folder: Path, settings: Settings, tokenizer: Tokenizer, context: int) -> Data:
    """Raises CorpusError."""
    return (
        open_text(folder, settings, tokenizer) if settings.stage == "text" else open_answers(folder, settings, tokenizer, context)
    )


def open_text(folder: Path, settings: Settings, tokenizer: Tokenizer) -> Data:
    files = [folder / TEXT, folder / VALIDATION_TEXT]
    for path in files:
        if not path.is_file():
            raise CorpusError(f"{path} is missing. Write it with preprocess.py text.")
    train, validation = (TextWindows(read_ids(path, tokenizer.size), settings.window, settings.rows) for path in files)
    return Data([train], validation, facts_of(files))


def open_answers(folder: Path, settings: Settings, tokenizer: Tokenizer, context: int) -> Data:
    try:
        train, validation = data_files(folder, STEMS[settings.stage])
    except PackError as error:
        raise CorpusError(str(error)) from error
    readings = [read_answer_packs(path, tokenizer, context) for path in [*train, validation]]
    left_out = sum(reading.too_long for reading in readings)
    if left_out:
        print(f"{left_out} rows are longer than the context of {context} tokens and are left out.")
    *packs, held = (reading.packs for reading in readings)
    most_tokens = min(MOST_TOKENS, settings.tokens_per_step)
    passes = [gather_small_packs(each.batches, tokenizer.id(END), most_tokens) for each in packs]
    return Data(passes, held, {**facts_of([*train, validation]), "dataSets": credited_sets(train)})


def facts_of(files: list[Path]) -> dict:
    return {"sha256": hash_files(files), "files": [path.name for path in files]}
