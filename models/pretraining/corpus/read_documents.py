"""Running text from files: plain text, packs, and the JSON of public text-to-SQL sets."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from pathlib import Path

from corpus.corpus_error import CorpusError

WORDED = ("question", "utterance", "evidence", "text", "query", "sql", "SQL", "sql_cols", "query_toks_no_value")
"""Fields of public sets that hold a question or its SQL, in the order in which they make a document."""
VALIDATION_SHARE = 100
"""One document in so many is kept for validation, chosen by its text."""


def read_documents(paths: list[Path]) -> Iterator[str]:
    """Raises CorpusError where a file cannot be read, or where none holds text."""
    found = False
    for path in paths:
        for document in documents_of(path):
            if document.strip():
                found = True
                yield document
    if not found:
        raise CorpusError(f"{', '.join(map(str, paths))}: no text there. Give .txt, .sql, .json or .jsonl files.")


def documents_of(path: Path) -> Iterator[str]:
    try:
        text = path.read_text(encoding="utf-8")
        if path.suffix == ".jsonl":
            for line in text.splitlines():
                yield from texts_in(json.loads(line))
        elif path.suffix == ".json":
            yield from texts_in(json.loads(text))
        else:
            yield from text.split("\n\n")
    except (OSError, UnicodeDecodeError, ValueError) as error:
        raise CorpusError(f"{path} cannot be read as text: {error}.") from error


def texts_in(value: object) -> Iterator[str]:
    """A pack becomes its schema with all its questions and answers; of other objects the worded fields are taken."""
    if isinstance(value, list):
        for part in value:
            yield from texts_in(part)
    elif isinstance(value, dict):
        if "rows" in value and "prefix" in value:
            yield value["prefix"] + "\n".join(row["suffix"] + row["target"] for row in value["rows"])
            return
        yield "\n".join(value[name] for name in WORDED if isinstance(value.get(name), str))
        for name, part in value.items():
            if isinstance(part, (list, dict)) and name not in ("query_toks", "question_toks"):
                yield from texts_in(part)


def is_kept(document: str) -> bool:
    """For validation: the same documents on every machine and in every order."""
    return int.from_bytes(hashlib.sha256(document.encode("utf-8")).digest()[:4], "big") % VALIDATION_SHARE == 0
