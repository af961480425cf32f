"""llama.cpp's own source, of exactly the release that Parley runs, unpacked out of the package node-llama-cpp."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

from export_error import ExportError

CHECKOUT = Path(__file__).resolve().parents[2]
PACKAGE = CHECKOUT / "node_modules" / "node-llama-cpp" / "llama"
QUANTIZER = Path("build", "bin", "llama-quantize")
"""Below the source, once build_quantizer.py has run."""
SHOWN_LINES = 8
"""Of what a failed program printed last."""


def cache_folder() -> Path:
    home = os.environ.get("PARLEY_HOME") or Path.home() / ".parley"
    return Path(home) / "llama.cpp"


def llama_source() -> Path:
    """The folder of the source; unpacks it the first time, in two seconds and 210 MB. Raises ExportError."""
    bundle = PACKAGE / "gitRelease.bundle"
    if not bundle.is_file():
        raise ExportError(f"{bundle} is missing. Run npm ci in {CHECKOUT} first.")
    tag = json.loads((PACKAGE / "llama.cpp.info.json").read_text(encoding="utf-8"))["tag"]
    source = cache_folder() / tag
    if not source.is_dir():
        unpack(bundle, source)
    return source


def unpack(bundle: Path, source: Path) -> None:
    draft = source.with_name(f".{source.name}.{os.getpid()}")
    try:
        draft.parent.mkdir(parents=True, exist_ok=True)
        run(["git", "clone", "--quiet", str(bundle), str(draft)], "llama.cpp's source could not be unpacked")
        draft.rename(source)
    except OSError as error:
        # Another run may have been quicker.
        if source.is_dir():
            return
        raise ExportError(f"{source} could not be written: {error.strerror or error}.") from error
    finally:
        shutil.rmtree(draft, ignore_errors=True)


def run_converter(script: str, *arguments: str | Path) -> None:
    """Runs one of llama.cpp's Python scripts. It asks the network nothing. Raises ExportError."""
    command = [sys.executable, str(llama_source() / script), *map(str, arguments)]
    run(command, f"llama.cpp's {script} failed", {"HF_HUB_OFFLINE": "1"})


def find_quantizer() -> Path | None:
    """llama.cpp's program that writes K-quants, built beside its source or found on the PATH."""
    built = llama_source() / QUANTIZER
    found = shutil.which("llama-quantize")
    return built if built.is_file() else found and Path(found)


def run(command: list[str], complaint: str, environment: dict[str, str] | None = None) -> None:
    try:
        done = subprocess.run(
            command, capture_output=True, text=True, errors="replace", env={**os.environ, **(environment or {})}
        )
    except FileNotFoundError as error:
        raise ExportError(f"{complaint}: {command[0]} is not installed.") from error
    if done.returncode != 0:
        last = "\n".join((done.stdout + done.stderr).strip().splitlines()[-SHOWN_LINES:])
        raise ExportError(f"{complaint}:\n{last}")
