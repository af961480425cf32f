"""What the tests of pre-training share: a small corpus, a vocabulary of it, and a tiny network and a run that trains one."""

from __future__ import annotations

import json
import random
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
import torch

JOB = Path(__file__).parents[2] / "models" / "pretraining"
sys.path.insert(0, str(JOB))

import train  # noqa: E402
from corpus.answer_packs import MARKS  # noqa: E402
from network.gpt import GPT  # noqa: E402
from network.shape import Shape  # noqa: E402
from tokens.tokenizer import Tokenizer  # noqa: E402
from tokens.train_merges import train_merges  # noqa: E402

Flags = Callable[..., list[str]]

WORDS = ["name", "age", "city", "country", "singer", "year", "the", "a", "of", "how", "many", "show", "list"]
VOCABULARY = 400


def pack(number: int) -> dict:
    """Three columns, and a question for each: the answer is the pointer that stands before the asked name."""
    columns = random.Random(number).sample(["name", "age", "city", "year", "price"], 3)
    listed = ", ".join(f"c{'abc'[at]} {column}" for at, column in enumerate(columns))
    rows = [
        {"id": f"wikisql-{number}{at}", "suffix": f"⟦question⟧show the {column}⟦sql⟧", "target": f" select ta.c{'abc'[at]}"}
        for at, column in enumerate(columns)
    ]
    return {"id": str(number), "database": "d", "dialect": "duckdb", "prefix": f"⟦schema⟧ta shop: {listed}\n", "rows": rows}


@pytest.fixture(scope="session")
def corpus() -> list[str]:
    drawn = random.Random(1)
    lines = [" ".join(drawn.choices(WORDS, k=12)) for _ in range(400)]
    return [
        *lines,
        "Größe 🙂 <eos> \t end  \n\n aaaa aaaaaaa ababab it's WE'LL 3.14 2014",
        "SELECT count(*) FROM t WHERE a = 'b'",
    ]


@pytest.fixture(scope="session")
def tokenizer(corpus: list[str]) -> Tokenizer:
    packs = [part for number in range(20) for part in (pack(number)["prefix"], "show the select ta.ca, ta.cb")]
    return Tokenizer(train_merges([*corpus, *packs], VOCABULARY, list(MARKS)))


@pytest.fixture
def network(tokenizer: Tokenizer) -> GPT:
    return tiny(tokenizer.size)


def tiny(vocabulary: int, kind: str = "llama", context: int = 128, **sizes: int) -> GPT:
    torch.manual_seed(1)
    usual = {"width": 32, "layers": 2, "heads": 4, "key_value_heads": 2 if kind == "llama" else 4, "hidden": 48}
    return GPT(Shape(kind, vocabulary, context, **{**usual, **sizes}))


@pytest.fixture(scope="session")
def data(tokenizer: Tokenizer, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What preprocess.py and `parley train rows` leave behind."""
    from tokens.tokenizer_file import write_tokenizer

    folder = tmp_path_factory.mktemp("data")
    write_tokenizer(tokenizer, folder)
    for name, numbers in {"train-1": range(12), "chat-1": range(15, 19), "validation": range(12, 15)}.items():
        lines = "".join(json.dumps(pack(number)) + "\n" for number in numbers)
        (folder / f"{name}.jsonl").write_text(lines, encoding="utf-8")
    return folder


@pytest.fixture(scope="session")
def flags(data: Path) -> Flags:
    """The flags of a run into `out`; a later flag takes the place of an earlier one of its name."""

    def of(out: Path, *more: object, settings: str = "smoke") -> list[str]:
        configs = JOB / "configs"
        usual = ["--shape", configs / "tiny.yaml", "--settings", configs / f"{settings}.yaml", "--data", data, "--out", out]
        return [str(flag) for flag in (*usual, *more)]

    return of


@pytest.fixture(scope="session")
def straight(tmp_path_factory: pytest.TempPathFactory, flags: Flags) -> Path:
    out = tmp_path_factory.mktemp("runs") / "straight"
    assert train.main(flags(out)) == 0
    return out
