"""Writes files whole or not at all: a full disk, an error or Ctrl-C leaves what was there before."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from export_error import ExportError


@contextmanager
def whole_file(path: Path) -> Iterator[Path]:
    """Gives the name of a draft in the same folder, which takes the place of `path` at the end.

    Raises ExportError where the disk refuses.
    """
    draft = path.with_name(f".{path.stem}.{os.getpid()}{path.suffix}")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        yield draft
        flush(draft)
        draft.replace(path)
    except OSError as error:
        kept = " The file of that name that was there before is unchanged." if path.exists() else ""
        raise ExportError(f"{path} could not be written: {error.strerror or error}.{kept}") from error
    finally:
        draft.unlink(missing_ok=True)


def flush(path: Path) -> None:
    """A full disk may show only when the last bytes leave memory."""
    with path.open("rb+") as file:
        os.fsync(file.fileno())
