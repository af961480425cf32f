"""The description beside every exported file, which Parley's model registry reads (models/registry)."""

from __future__ import annotations

import json
import subprocess
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from checkpoint_facts import read_json
from export_error import ExportError
from load_base import sha256_of
from whole_file import flush, whole_file

HIGHEST_SCORE = 1.0


@dataclass(frozen=True)
class Score:
    measure: str
    """How it was measured, such as `spider-dev execution accuracy`."""
    value: float
    """0 to 1."""


def score_of(measure: str | None, value: float | None) -> Score | None:
    """Raises ExportError unless both are given, or neither."""
    if measure is None and value is None:
        return None
    if measure is None or value is None or not 0 <= value <= HIGHEST_SCORE:
        raise ExportError("A score needs --measure, what was measured, and --score, a number from 0 to 1.")
    return Score(measure, value)


def sidecar_path(file: Path) -> Path:
    return file.with_suffix(".json")


def notice_path(file: Path) -> Path:
    return file.with_name(f"{file.stem}-NOTICE.txt")


def read_sidecar(adapter: Path) -> dict:
    """Raises ExportError when there is none, or when it describes another file."""
    path = sidecar_path(adapter)
    if not path.is_file():
        raise ExportError(f"{path} is missing; without it nobody knows which base {adapter.name} was trained on.")
    sidecar = read_json(path)
    if not adapter.is_file() or sidecar.get("sha256") != sha256_of(adapter):
        raise ExportError(f"{adapter} is missing, or not the file that {path.name} describes (its SHA-256 differs).")
    return sidecar


def training_of(facts: dict) -> dict:
    """What `training.json` of a checkpoint says, in the words of the sidecar."""
    data = facts.get("data", {})
    rest = {name: value for name, value in facts.items() if name not in ("base", "data", "dataSets", "step")}
    return {"dataHash": data.get("sha256"), "files": data.get("files"), "steps": facts.get("step"), **rest}


def commit() -> str | None:
    """Of this checkout, marked when it holds changes that no commit has."""
    command = ["git", "-C", str(Path(__file__).parent), "describe", "--always", "--abbrev=40", "--dirty", "--exclude=*"]
    try:
        return subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()
    except (OSError, subprocess.CalledProcessError):
        return None


def write_beside(file: Path, draft: Path, description: dict) -> None:
    """Describes the contents of `draft`, which is about to take the name `file`."""
    # A disk that fills up shows it here, while the old file and its old description still belong together.
    flush(draft)
    whole = {
        "name": file.stem,
        "file": file.name,
        "sha256": sha256_of(draft),
        **{name: value for name, value in description.items() if value is not None},
        "exportedAt": datetime.now(UTC).isoformat(timespec="seconds"),
        "exportedFrom": commit(),
    }
    with whole_file(notice_path(file)) as path:
        path.write_text(description["notice"], encoding="utf-8")
    with whole_file(sidecar_path(file)) as path:
        path.write_text(json.dumps(whole, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
