"""Text to token ids and back, exactly: any text round-trips, and any bytes through their own tokens."""

from __future__ import annotations

import regex

from tokens.byte_letters import LETTERS, as_bytes, as_letters
from tokens.split_words import split_words
from tokens.train_merges import Pair, Vocabulary

REMEMBERED = 200_000
"""Words whose ids are kept: most of a corpus is the same words again."""


class UnknownToken(Exception):
    """An id that the vocabulary does not have."""


class Tokenizer:
    def __init__(self, vocabulary: Vocabulary) -> None:
        self.vocabulary = vocabulary
        self.ids = {piece: number for number, piece in enumerate(vocabulary.pieces)}
        self.ranks: dict[Pair, int] = {pair: rank for rank, pair in enumerate(vocabulary.merges)}
        self.made = {pair: self.ids["".join(vocabulary.pieces[part] for part in pair)] for pair in vocabulary.merges}
        longest_first = sorted(vocabulary.special, key=len, reverse=True)
        self.special = regex.compile("(" + "|".join(map(regex.escape, longest_first)) + ")") if longest_first else None
        self.known: dict[str, list[int]] = {}

    @property
    def size(self) -> int:
        return len(self.vocabulary.pieces)

    def id(self, special: str) -> int:
        return self.ids[special]

    def encode(self, text: str) -> list[int]:
        """Special tokens are found where their text stands, as llama.cpp finds user-defined ones."""
        parts = self.special.split(text) if self.special else [text]
        found: list[int] = []
        for at, part in enumerate(parts):
            if at % 2 == 1:
                found.append(self.ids[part])
            else:
                for word in split_words(part):
                    found += self.encode_word(word)
        return found

    def encode_bytes(self, data: bytes) -> list[int]:
        """Of bytes that need not be text: one token each."""
        return [self.ids[LETTERS[byte]] for byte in data]

    def encode_word(self, word: str) -> list[int]:
        known = self.known.get(word)
        if known is None:
            known = self.merge_all([self.ids[letter] for letter in as_letters(word)])
            if len(self.known) < REMEMBERED:
                self.known[word] = known
        return known

    def merge_all(self, ids: list[int]) -> list[int]:
        """Applies the earliest learned merge, at its first place, until none is left."""
        while len(ids) > 1:
            rank, at = min((self.ranks.get(pair, len(self.ranks)), at) for at, pair in enumerate(zip(ids, ids[1:], strict=False)))
            if rank == len(self.ranks):
                break
            ids = [*ids[:at], self.made[ids[at], ids[at + 1]], *ids[at + 2 :]]
        return ids

    def decode_bytes(self, ids: list[int]) -> bytes:
        """Raises UnknownToken."""
        return b"".join(self.bytes_of(number) for number in ids)

    def decode(self, ids: list[int]) -> str:
        """Bytes that are no text become the replacement character. Raises UnknownToken."""
        return self.decode_bytes(ids).decode("utf-8", errors="replace")

    def bytes_of(self, number: int) -> bytes:
        if not 0 <= number < self.size:
            raise UnknownToken(f"There is no token {number}; this vocabulary has 0 to {self.size - 1}.")
        piece = self.vocabulary.pieces[number]
        return piece.encode("utf-8") if number < len(self.vocabulary.special) else as_bytes(piece)
