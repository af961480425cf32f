"""A letter for each of the 256 bytes, as GPT-2 wrote them, so that vocabularies can be kept as JSON text.

Source: Radford and others, Language Models are Unsupervised Multitask Learners, 2019, and its published vocabulary.
"""

from __future__ import annotations

PRINTABLE = [*range(ord("!"), ord("~") + 1), *range(ord("¡"), ord("¬") + 1), *range(ord("®"), ord("ÿ") + 1)]
"""Bytes that stand for themselves; all others are moved up behind the first 256 code points, in order."""


def letters_of_bytes() -> list[str]:
    """256 letters; the one of byte b at index b."""
    others = [byte for byte in range(256) if byte not in set(PRINTABLE)]
    moved = {byte: chr(256 + rank) for rank, byte in enumerate(others)}
    return [moved.get(byte, chr(byte)) for byte in range(256)]


LETTERS = letters_of_bytes()
BYTES = {letter: byte for byte, letter in enumerate(LETTERS)}
TO_LETTERS = dict(enumerate(LETTERS))
"""For str.translate, over text decoded as Latin-1."""


def as_letters(text: str) -> str:
    return text.encode("utf-8").decode("latin-1").translate(TO_LETTERS)


def as_bytes(letters: str) -> bytes:
    return bytes(BYTES[letter] for letter in letters)
