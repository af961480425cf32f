"""Reports: whole pages that fetch nothing, with what they are about."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import torch

import report
from conftest import tiny
from learning.checkpoints import save_checkpoint
from reports.model_report import attention_maps
from tokens.tokenizer import Tokenizer


def checked(path: Path) -> str:
    text = path.read_text(encoding="utf-8")
    assert text.count("data:image/png;base64,") > 0
    assert not re.search(r"(src|href)=\"(?!data:)", text)
    return text


def test_tells_what_the_data_is_made_of(data: Path, tmp_path: Path) -> None:
    given = ["data", "--packs", str(data / "train-1.jsonl"), "--tokenizer", str(data), "--out", str(tmp_path / "data.html")]
    assert report.main(given) == 0
    text = checked(tmp_path / "data.html")
    assert "12 packs with 36 questions on 1 databases" in text
    assert "⟦schema⟧ta shop" in text


def test_shows_where_a_network_looks(tokenizer: Tokenizer, tmp_path: Path) -> None:
    network = tiny(tokenizer.size).eval()
    checkpoint = save_checkpoint(tmp_path, 1, network, tokenizer, {}, {"shape": network.shape.as_dict()})
    out = tmp_path / "model.html"
    given = ["--checkpoint", str(checkpoint), "--prompt", "⟦schema⟧ta shop<script>: ca name", "--out", str(out)]
    assert report.main(["model", *given]) == 0
    text = checked(out)
    assert "layer 2" in text
    assert "<script>" not in text


def test_attention_maps_are_those_that_the_network_used(tokenizer: Tokenizer) -> None:
    network = tiny(tokenizer.size, layers=1).eval()
    ids = torch.randint(0, tokenizer.size, (9,)).tolist()
    (weights,) = attention_maps(network, ids)
    torch.testing.assert_close(weights.sum(dim=-1), torch.ones(4, 9))
    attention = network.blocks[0].attention
    read = network.blocks[0].attention_norm(network.embeddings(torch.tensor([ids]), 0))
    value = attention.heads(attention.value(read)).repeat_interleave(2, dim=1)
    gathered = attention.output((weights @ value).transpose(1, 2).flatten(2))
    torch.testing.assert_close(gathered, attention(read)[0], atol=1e-5, rtol=1e-4)


def test_names_a_run_without_a_log(tmp_path: Path, capsys: pytest.CaptureFixture) -> None:
    assert report.main(["runs", "--runs", str(tmp_path), "--out", str(tmp_path / "runs.html")]) == 1
    assert "holds no log" in capsys.readouterr().err
