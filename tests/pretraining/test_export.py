"""What leaves the job: llama.cpp cuts the same words and computes the same scores."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest
import torch

import export
from conftest import JOB, tiny
from learning.checkpoints import save_checkpoint
from network.gpt import GPT
from tokens.split_words import split_words
from tokens.tokenizer import Tokenizer

ASK = Path(__file__).parents[1] / "training" / "llama-logits.mjs"
TEXTS = [
    "⟦schema⟧ta singer: ca name, cb age int\n⟦question⟧How many singers are older than 30?⟦sql⟧ select count(*) where ta.cb > 30",
    "Größe 🙂 <|end|> \t it's   3.14\n\n  end ",
]


@pytest.fixture(scope="module")
def trained(tokenizer: Tokenizer) -> GPT:
    network = tiny(tokenizer.size, width=64, context=256).eval()
    for parameter in network.parameters():
        torch.nn.init.normal_(parameter, std=0.2)
    return network


@pytest.fixture(scope="module")
def exported(tokenizer: Tokenizer, trained: GPT, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("export")
    facts = {"shape": trained.shape.as_dict(), "data": {"sha256": "d" * 64, "files": ["train-1.jsonl"], "dataSets": ["spider"]}}
    checkpoint = save_checkpoint(folder, 7, trained, tokenizer, {}, facts)
    out = folder / "tiny.gguf"
    assert export.main(["--checkpoint", str(checkpoint), "--out", str(out), "--type", "f32"]) == 0
    return out


def test_llama_cpp_reads_the_same_tokens_and_gives_the_same_scores(
    exported: Path, tokenizer: Tokenizer, trained: GPT, tmp_path: Path
) -> None:
    texts = tmp_path / "texts.json"
    texts.write_text(json.dumps(TEXTS), encoding="utf-8")
    done = subprocess.run(["node", str(ASK), str(exported), str(texts)], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    for text, answer in zip(TEXTS, json.loads(done.stdout), strict=True):
        # An end that a user writes is text, not the end.
        ids = plain(tokenizer, text) if "<|end|>" in text else tokenizer.encode(text)
        assert answer["tokens"][1:] == ids
        with torch.no_grad():
            ours = trained.scores(trained(torch.tensor([answer["tokens"]]))[0])[0]
        torch.testing.assert_close(ours, torch.tensor(answer["logits"]), atol=2e-2, rtol=1e-2)


def plain(tokenizer: Tokenizer, text: str) -> list[int]:
    return [number for word in split_words(text) for number in tokenizer.encode_word(word)]


def test_says_what_it_was_made_of(exported: Path) -> None:
    facts = json.loads(exported.with_suffix(".json").read_text(encoding="utf-8"))
    assert facts["kind"] == "scratch"
    assert facts["training"]["steps"] == 7
    assert "Spider 1.0" in exported.with_name("tiny-NOTICE.txt").read_text(encoding="utf-8")


def test_refuses_names_and_checkpoints_that_are_none(tmp_path: Path, capsys: pytest.CaptureFixture) -> None:
    assert export.main(["--checkpoint", str(tmp_path), "--out", str(tmp_path / "x.bin")]) == 1
    assert "must end in .gguf" in capsys.readouterr().err
    assert export.main(["--checkpoint", str(tmp_path), "--out", str(tmp_path / "x.gguf")]) == 1
    assert "is not a checkpoint" in capsys.readouterr().err
    assert not (tmp_path / "x.gguf").exists()
    assert JOB.is_dir()
