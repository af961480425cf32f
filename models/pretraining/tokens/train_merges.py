"""Learns which pairs to merge: again and again the most frequent one of the corpus, ties by the smaller ids.

Byte-pair encoding after Sennrich and others, Neural Machine Translation of Rare Words with Subword Units, 2016. The
bookkeeping follows from one fact: a merge changes the counts of the pairs beside it and of no others, so each pair keeps
the words it stands in and a heap gives the next. On the same text the merges are those of the `tokenizers` library.
"""

from __future__ import annotations

import heapq
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from tokens.byte_letters import LETTERS, as_letters
from tokens.split_words import split_words

Pair = tuple[int, int]


class EmptyCorpus(Exception):
    """There is no text to learn from."""


@dataclass(frozen=True)
class Vocabulary:
    special: list[str]
    """Their ids are the first; they are never merged."""
    pieces: list[str]
    """By id, the special ones first, all in letters of bytes."""
    merges: list[Pair]
    """In the order in which they apply."""


@dataclass(order=True)
class Candidate:
    negative_count: int
    pair: Pair
    words: set[int] = field(compare=False)
    """Where the pair stood when this was put on the heap."""


def train_merges(texts: Iterable[str], size: int, special: list[str], told: Callable[[int], None] = lambda _: None) -> Vocabulary:
    """`size` counts special tokens and the 256 bytes too; `told` hears of every merge. Raises EmptyCorpus."""
    counts = count_words(texts)
    if not counts:
        raise EmptyCorpus("The corpus holds no text. Give files with at least one line.")
    pieces = [*special, *sorted(LETTERS)]
    ids = {piece: number for number, piece in enumerate(pieces)}
    ids_of_letters = {ord(letter): ids[letter] for letter in LETTERS}
    words = [[ids_of_letters[ord(letter)] for letter in word] for word in counts]
    return Learner(pieces, words, list(counts.values()), len(special)).learn(size, told)


def count_words(texts: Iterable[str]) -> Counter[str]:
    """Distinct words in letters of bytes, in the order in which they are first met."""
    counts: Counter[str] = Counter()
    for text in texts:
        counts.update(split_words(text))
    return Counter({as_letters(word): count for word, count in counts.items()})


class Learner:
    def __init__(self, pieces: list[str], words: list[list[int]], counts: list[int], specials: int) -> None:
        self.pieces, self.words, self.counts, self.specials = pieces, words, counts, specials
        self.ids = {piece: number for number, piece in enumerate(pieces)}
        self.pair_counts: Counter[Pair] = Counter()
        self.heap: list[Candidate] = []

    def learn(self, size: int, told: Callable[[int], None]) -> Vocabulary:
        self.count_pairs()
        merges: list[Pair] = []
        while len(self.pieces) < size and (found := self.most_frequent()):
            merges.append(found.pair)
            self.merge(found, self.id_of("".join(self.pieces[part] for part in found.pair)))
            told(len(merges))
        return Vocabulary(self.pieces[: self.specials], self.pieces, merges)

    def count_pairs(self) -> None:
        standing: dict[Pair, set[int]] = defaultdict(set)
        for number, (word, count) in enumerate(zip(self.words, self.counts, strict=True)):
            for pair in zip(word, word[1:], strict=False):
                self.pair_counts[pair] += count
                standing[pair].add(number)
        self.heap = [Candidate(-self.pair_counts[pair], pair, where) for pair, where in standing.items()]
        heapq.heapify(self.heap)

    def most_frequent(self) -> Candidate | None:
        """Counts only fall while a candidate waits, so one that is out of date goes back to its place."""
        while self.heap:
            candidate = heapq.heappop(self.heap)
            count = self.pair_counts[candidate.pair]
            if count < 1:
                continue
            if count == -candidate.negative_count:
                return candidate
            candidate.negative_count = -count
            heapq.heappush(self.heap, candidate)
        return None

    def id_of(self, piece: str) -> int:
        """The same piece may come about in two ways; it has one id."""
        if piece not in self.ids:
            self.ids[piece] = len(self.pieces)
            self.pieces.append(piece)
        return self.ids[piece]

    def merge(self, found: Candidate, new: int) -> None:
        grown: dict[Pair, set[int]] = defaultdict(set)
        for number in found.words:
            for pair, change in merge_word(self.words[number], found.pair, new):
                self.pair_counts[pair] += change * self.counts[number]
                if change > 0:
                    grown[pair].add(number)
        for pair, where in grown.items():
            if self.pair_counts[pair] > 0:
                heapq.heappush(self.heap, Candidate(-self.pair_counts[pair], pair, where))


def merge_word(word: list[int], pair: Pair, new: int) -> list[tuple[Pair, int]]:
    """Merges in place; returns how often each neighbouring pair appeared (1) or went (-1)."""
    changes: list[tuple[Pair, int]] = []
    left, right = pair
    at = 0
    while at < len(word) - 1:
        if word[at] == left and word[at + 1] == right:
            if at > 0:
                changes += [((word[at - 1], left), -1), ((word[at - 1], new), 1)]
            word[at : at + 2] = [new]
            if at + 1 < len(word):
                changes += [((right, word[at + 1]), -1), ((new, word[at + 1]), 1)]
        at += 1
    return changes
