"""llama.cpp's source: unpacked once, whoever comes first."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from export_error import ExportError
from llama_source import unpack


@pytest.fixture
def bundle(tmp_path: Path) -> Path:
    """A git bundle of one commit."""
    work, file = tmp_path / "work", tmp_path / "release.bundle"
    work.mkdir()
    (work / "README.md").write_text("source", encoding="utf-8")
    user = ["-c", "user.name=t", "-c", "user.email=t@example.org"]
    for command in (["init", "-q"], ["add", "."], [*user, "commit", "-qm", "one"], ["bundle", "create", "-q", str(file), "HEAD"]):
        subprocess.run(["git", "-C", str(work), *command], check=True)
    return file


def test_a_run_that_unpacks_later_takes_what_is_there(bundle: Path, tmp_path: Path) -> None:
    source = tmp_path / "cache" / "release"
    unpack(bundle, source)
    (source / "built").write_text("kept", encoding="utf-8")
    unpack(bundle, source)
    assert (source / "built").read_text(encoding="utf-8") == "kept"
    assert [path.name for path in source.parent.iterdir()] == ["release"]


def test_says_where_it_could_not_be_written(bundle: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(ExportError, match="could not be written"):
        unpack(bundle, tmp_path / "file" / "release")
