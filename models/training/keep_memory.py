"""Keeps freed memory for the next step.

glibc hands large pieces back to the system as soon as they are freed, and each step gets them anew page by page. On one
virtual core, adding to 32 MB of numbers moves 4 to 5 GB/s that way and 10 to 18 GB/s when memory is kept. A step of the
270M model took 7 to 8 seconds with it, and 10 to 14 under jemalloc, which returns large pieces too. In return the process
keeps the 7 GB it once had.

Each thread keeps an arena of its own: matrix products and attention take memory in all threads at once, and with a single
arena (`ARENA_MAX` 1) two threads waited for each other until the network of 6.4M parameters read 2,500 tokens a second
in place of 4,200.
"""

from __future__ import annotations

import ctypes

# Of glibc's malloc.h.
TRIM_THRESHOLD, TOP_PAD, MMAP_MAX = -1, -2, -4
NEVER = -1
TOP_PAD_BYTES = 256 * 1024 * 1024


def keep_freed_memory() -> bool:
    """Whether the C library let itself be told; others than glibc do not. Call it before threads start."""
    try:
        mallopt = ctypes.CDLL("libc.so.6").mallopt
    except (AttributeError, OSError):
        return False
    options = ((MMAP_MAX, 0), (TRIM_THRESHOLD, NEVER), (TOP_PAD, TOP_PAD_BYTES))
    taken = [mallopt(option, value) for option, value in options]
    return all(taken)
