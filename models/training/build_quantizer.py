"""Builds llama.cpp's quantizer, which `export_gguf.py merge --type q4_k_m` needs, out of the source that npm ci brought.

Run as: python build_quantizer.py

Needs git, cmake and a C++ compiler (Debian: apt-get install git cmake g++). Two and a half minutes on two cores.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys

from export_error import ExportError
from llama_source import QUANTIZER, llama_source

NEEDED = {"git": ("git",), "cmake": ("cmake",), "a C++ compiler": ("c++", "g++", "clang++", "cl")}
"""What must be on the PATH, under any of these names."""
SWITCHES = {
    "CMAKE_BUILD_TYPE": "Release",
    "BUILD_SHARED_LIBS": "OFF",
    "GGML_CCACHE": "OFF",
    "LLAMA_BUILD_TESTS": "OFF",
    "LLAMA_BUILD_EXAMPLES": "OFF",
    "LLAMA_BUILD_SERVER": "OFF",
    "LLAMA_BUILD_APP": "OFF",
    # Both would look for things on the network or in the system that a quantizer has no use for.
    "LLAMA_OPENSSL": "OFF",
    "LLAMA_USE_PREBUILT_UI": "OFF",
}


def main() -> int:
    try:
        print(f"The quantizer is at {build()}")
    except ExportError as error:
        print(error, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("Stopped. Run it again to go on where it was.", file=sys.stderr)
        return 130
    return 0


def build() -> str:
    missing = [what for what, names in NEEDED.items() if not any(map(shutil.which, names))]
    if missing:
        raise ExportError(f"Missing: {', '.join(missing)}. On Debian: apt-get install git cmake g++")
    source = llama_source()
    folder = source / "build"
    step(["cmake", "-S", str(source), "-B", str(folder), *(f"-D{name}={value}" for name, value in SWITCHES.items())])
    cores = str(os.cpu_count() or 1)
    step(["cmake", "--build", str(folder), "--config", "Release", "--target", "llama-quantize", "--parallel", cores])
    return str(source / QUANTIZER)


def step(command: list[str]) -> None:
    """Shows what the step prints on standard output, which says how far it is; a compiler's warnings are not ours."""
    if subprocess.run(command, stderr=subprocess.DEVNULL).returncode != 0:
        raise ExportError(f"It failed at: {' '.join(command)}\nRun that command to see why.")


if __name__ == "__main__":
    sys.exit(main())
