"""Sifting as a user starts it: what a network rules out goes, and Ctrl-C loses little."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

import sift
from conftest import pack
from network.gpt import GPT
from packs import pack_of
from tokens.tokenizer import Tokenizer


def test_answers_that_a_network_rules_out_are_sifted(
    straight: Path, tmp_path: Path, tokenizer: Tokenizer, network: GPT, data: Path, capsys: pytest.CaptureFixture
) -> None:
    packs = [pack_of(pack(number)) for number in range(3)]
    judged = sift.likelihoods(packs, network, tokenizer)
    assert judged[3:6] == pytest.approx(sift.likelihoods([packs[1]], network, tokenizer), rel=0.05)
    assert all(0 < each < 1 for each in judged)
    assert sift.likelihoods(packs, network, tokenizer, ids="spider") == [1.0] * 9
    unlikely = sift.unlikely(packs, [1, 0.01, 0.5, 0, 0, 0, 0.03, 0.02, 0.019], least=0.02)
    kept = [[row.id for row in each.rows] for each in sift.without(packs, unlikely)]
    assert kept == [["wikisql-00", "wikisql-02"], ["wikisql-20", "wikisql-21"]]
    assert sift.twice_in([unlikely, {("d", "wikisql-01"), ("e", "wikisql-22")}]) == {("d", "wikisql-01")}
    flags = ["--checkpoint", str(straight), "--out", str(tmp_path / "sifted")]
    assert sift.main([*flags, "--data", str(data), "--least", "0"]) == 0
    assert "train-1.jsonl: 36 of 36 answers kept." in capsys.readouterr().out
    assert (tmp_path / "sifted" / "train-1.jsonl").read_bytes() == (data / "train-1.jsonl").read_bytes()
    assert sift.main([*flags, "--data", str(tmp_path)]) == 1
    assert "parley train rows" in capsys.readouterr().err


def test_sifting_goes_on_where_it_was_stopped(
    straight: Path, tmp_path: Path, data: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture
) -> None:
    more = shutil.copytree(data, tmp_path / "data")
    (more / "train-3.jsonl").write_bytes((more / "train-1.jsonl").read_bytes())
    files = len(list(more.glob("train-*.jsonl")))
    judge, judged, most = sift.likelihoods, [], 1

    def judge_some(*given: object) -> list[float]:
        if len(judged) == most:
            raise KeyboardInterrupt
        judged.append(given)
        return judge(*given)

    monkeypatch.setattr(sift, "likelihoods", judge_some)
    out = tmp_path / "sifted"
    flags = ["--checkpoint", str(straight), "--data", str(more), "--out", str(out), "--least", "0"]
    assert sift.main(flags) == 130
    assert "The same command goes on" in capsys.readouterr().err
    most = files
    assert sift.main(flags) == 0
    assert len(judged) == files
    assert sorted(path.name for path in out.glob("train-*")) == sorted(path.name for path in more.glob("train-*"))
