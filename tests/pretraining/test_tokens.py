"""The vocabulary: what it learns, and that nothing is lost on the way through it."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
import tokenizers
from tokenizers.decoders import ByteLevel as ByteLevelDecoder
from tokenizers.models import BPE
from tokenizers.pre_tokenizers import ByteLevel
from tokenizers.trainers import BpeTrainer

from conftest import VOCABULARY
from corpus.answer_packs import MARKS
from tokens.tokenizer import Tokenizer, UnknownToken
from tokens.tokenizer_file import TokenizerFileError, read_tokenizer, write_tokenizer
from tokens.train_merges import EmptyCorpus, train_merges


def library_trained(corpus: list[str], size: int) -> tokenizers.Tokenizer:
    library = tokenizers.Tokenizer(BPE())
    library.pre_tokenizer = ByteLevel(add_prefix_space=False)
    library.decoder = ByteLevelDecoder()
    letters = ByteLevel.alphabet()
    library.train_from_iterator(
        corpus, BpeTrainer(vocab_size=size, special_tokens=list(MARKS), initial_alphabet=letters, show_progress=False)
    )
    return library


def random_text(drawn: random.Random) -> str:
    kinds = [(32, 126), (0, 31), (160, 591), (0x4E00, 0x4E40), (0x1F600, 0x1F640)]
    return "".join(chr(drawn.randint(*drawn.choice(kinds))) for _ in range(drawn.randint(0, 40)))


@pytest.mark.parametrize("size", [VOCABULARY, 5_000])
def test_learns_the_merges_and_gives_the_ids_of_the_tokenizers_library(corpus: list[str], size: int) -> None:
    ours = Tokenizer(train_merges(corpus, size, list(MARKS)))
    theirs = library_trained(corpus, size)
    assert theirs.get_vocab() == ours.ids
    drawn = random.Random(2)
    for text in [*corpus, *(random_text(drawn) for _ in range(300))]:
        assert ours.encode(text) == theirs.encode(text, add_special_tokens=False).ids


def test_any_text_and_any_bytes_come_back(tokenizer: Tokenizer) -> None:
    drawn = random.Random(3)
    for text in (random_text(drawn) for _ in range(300)):
        assert tokenizer.decode(tokenizer.encode(text)) == text
    every = bytes(range(256)) * 2
    assert tokenizer.decode_bytes(tokenizer.encode_bytes(every)) == every


def test_a_mark_is_one_token_wherever_it_stands(tokenizer: Tokenizer) -> None:
    ids = tokenizer.encode("show⟦sql⟧ select")
    assert ids.count(tokenizer.id("⟦sql⟧")) == 1
    assert tokenizer.decode(ids) == "show⟦sql⟧ select"


def test_the_file_is_read_by_the_library_and_by_us(tokenizer: Tokenizer, tmp_path: Path) -> None:
    path = write_tokenizer(tokenizer, tmp_path)
    text = "⟦schema⟧ta singer: ca name\n⟦question⟧how many ünïcode 🙂⟦sql⟧ select"
    library = tokenizers.Tokenizer.from_file(str(path))
    assert library.encode(text).ids == tokenizer.encode(text) == read_tokenizer(tmp_path).encode(text)
    assert library.decode(tokenizer.encode(text)) == text


def test_refuses_ids_that_do_not_exist(tokenizer: Tokenizer) -> None:
    with pytest.raises(UnknownToken, match=f"no token {tokenizer.size}; this vocabulary has 0 to"):
        tokenizer.decode([tokenizer.size])


def test_refuses_a_corpus_without_text() -> None:
    with pytest.raises(EmptyCorpus, match="holds no text"):
        train_merges([], VOCABULARY, list(MARKS))


def test_names_a_file_that_is_no_vocabulary(tmp_path: Path) -> None:
    with pytest.raises(TokenizerFileError, match="Make it with preprocess.py"):
        read_tokenizer(tmp_path)
    (tmp_path / "tokenizer.json").write_text("{}", encoding="utf-8")
    with pytest.raises(TokenizerFileError, match="is not a byte-pair vocabulary"):
        read_tokenizer(tmp_path)
