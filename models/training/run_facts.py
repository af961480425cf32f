"""What a run was made of: saved beside every checkpoint, and compared before one is continued."""

from __future__ import annotations

import dataclasses
from pathlib import Path

from load_base import Base, sha256_of
from notices import ROWS_OF
from packs import hash_files, read_packs
from settings import Settings

SAME = ("base", "data", "settings")
"""Parts that a resumed run must share with the run that it goes on with."""

KEPT = ("startedFrom",)
"""Parts that a resumed run takes over from the run that it goes on with."""


class RunMismatch(Exception):
    """The checkpoint belongs to another run; the message says what differs."""


def facts_of(settings: Settings, base: Base, train_files: list[Path], validation_file: Path) -> dict:
    """`dataSets` are those that must be credited; what `parley train rows` made up itself is nobody else's."""
    return {
        "settings": {**dataclasses.asdict(settings), "targets": list(settings.targets)},
        "base": {"name": base.name, "sha256": base.sha256},
        "data": {
            "sha256": hash_files([*train_files, validation_file]),
            "files": [path.name for path in [*train_files, validation_file]],
        },
        "dataSets": credited_sets(train_files),
    }


def credited_sets(files: list[Path]) -> list[str]:
    """By the ids of the rows: `wikisql-17` is the 18th question of WikiSQL."""
    sources = {row.id.rpartition("-")[0] for path in files for pack in read_packs(path) for row in pack.rows}
    return [name for name, prefixes in ROWS_OF.items() if sources & set(prefixes)]


def start_facts(adapter: Path) -> dict:
    """Of the weights that a run starts with: a GGUF file or the folder of a checkpoint."""
    file = adapter if adapter.is_file() else adapter / "adapter_model.safetensors"
    return {"name": adapter.name, "sha256": sha256_of(file)}


def check_same(saved: dict, now: dict, path: Path) -> None:
    differing = [name for name in SAME if saved.get(name) != now[name]]
    if differing:
        raise RunMismatch(
            f"{path} was made with another {' and another '.join(differing)}. "
            "Use the same, or start a new run in an empty folder."
        )
