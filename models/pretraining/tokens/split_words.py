"""Cuts text into the pieces within which pairs are merged: GPT-2's rule, which llama.cpp and `tokenizers` know too."""

from __future__ import annotations

import regex

WORD = regex.compile(r"""'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+""")


def split_words(text: str) -> list[str]:
    """Every character is in one of the pieces, in order."""
    return WORD.findall(text)
