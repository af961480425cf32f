"""What the C library does with large pieces that were freed."""

import platform
import subprocess
import sys
from pathlib import Path

import pytest

SCRIPTS = Path(__file__).parents[2] / "models" / "training"
MEASURED = """
import ctypes, sys
sys.path.insert(0, sys.argv[1])
from keep_memory import keep_freed_memory
if sys.argv[2] == "keep":
    assert keep_freed_memory()
libc = ctypes.CDLL("libc.so.6")
libc.malloc.restype, libc.free.argtypes = ctypes.c_void_p, [ctypes.c_void_p]
piece = libc.malloc(ctypes.c_size_t(400_000_000))
ctypes.memset(piece, 1, 400_000_000)
libc.free(piece)
print(int(open("/proc/self/statm").read().split()[1]) * 4096)
"""


def resident_bytes_after_freeing(manner: str) -> int:
    command = [sys.executable, "-c", MEASURED, str(SCRIPTS), manner]
    return int(subprocess.run(command, capture_output=True, text=True, check=True).stdout)


@pytest.mark.skipif(platform.libc_ver()[0] != "glibc", reason="only glibc can be told")
def test_keeps_freed_memory_when_told_to():
    assert resident_bytes_after_freeing("return") < 200_000_000
    assert resident_bytes_after_freeing("keep") > 400_000_000
