"""Training as a user starts it: it learns, stops, goes on exactly, and says what is wrong."""

from __future__ import annotations

import json
import resource
import signal
import threading
from pathlib import Path

import pytest
import torch
from safetensors.torch import load_file, save_file

import compare_speed
import evaluate
import generate
import preprocess
import report
import train
from conftest import JOB, Flags, pack
from corpus.answer_packs import END, encode_pack, read_answer_packs
from corpus.small_packs import gather_small_packs
from learning.checkpoints import read_facts
from learning.loss import judged_loss, summed_loss
from network.gpt import GPT
from tokens.tokenizer import Tokenizer


def last(out: Path) -> Path:
    return sorted(out.glob("step-*"))[-1]


def test_learns_one_batch_by_heart(tokenizer: Tokenizer, network: GPT, data: Path) -> None:
    batch = read_answer_packs(data / "train-1.jsonl", tokenizer, 128).packs[0]
    optimiser = torch.optim.AdamW(network.parameters(), lr=3e-3)
    for _ in range(400):
        optimiser.zero_grad()
        loss, right = judged_loss(network, batch)
        loss.backward()
        optimiser.step()
    assert loss.item() / batch.learned < 0.01
    assert right.all()


def test_writes_weights_tokenizer_and_facts_beside_each_other(straight: Path) -> None:
    facts = json.loads((last(straight) / "training.json").read_text(encoding="utf-8"))
    assert facts["shape"]["width"] == 32
    assert facts["data"]["dataSets"] == ["wikisql"]
    assert facts["validation"]["loss"] > 0
    assert (last(straight) / "tokenizer.json").is_file()
    assert list((straight / "logs").glob("events*"))


def test_a_run_that_was_stopped_and_goes_on_ends_as_one_that_was_not(straight: Path, tmp_path: Path, flags: Flags) -> None:
    assert train.main(flags(tmp_path, "--max-steps", 3)) == 3
    assert train.main(flags(tmp_path, "--resume")) == 0
    assert last(tmp_path).name == last(straight).name
    ours, theirs = (load_file(last(out) / "model.safetensors") for out in (tmp_path, straight))
    assert all(torch.equal(ours[name], theirs[name]) for name in theirs)


def test_the_last_stage_learns_what_chats_ask(straight: Path, tmp_path: Path, flags: Flags) -> None:
    (tmp_path / "chat.yaml").write_text("stage: chat\nlearning_rate: 0.001\npasses: 1\ntokens_per_step: 200\n")
    out = tmp_path / "chat"
    assert train.main(flags(out, "--settings", tmp_path / "chat.yaml", "--start-from", straight)) == 0
    assert read_facts(last(out))["data"]["files"] == ["chat-1.jsonl", "validation.jsonl"]


def test_ctrl_c_saves_what_was_learned(tmp_path: Path, flags: Flags, capsys: pytest.CaptureFixture) -> None:
    timer = threading.Timer(1.5, signal.raise_signal, [signal.SIGINT])
    timer.start()
    assert train.main(flags(tmp_path, "--passes", 400)) == 3
    timer.cancel()
    assert (last(tmp_path) / "state.pt").is_file()
    assert "go on with --resume" in capsys.readouterr().out


def test_text_is_learned_after_it_was_prepared(tmp_path: Path, corpus: list[str], capsys: pytest.CaptureFixture) -> None:
    (tmp_path / "texts.txt").write_text("\n\n".join(corpus * 3), encoding="utf-8")
    # Packs and public sets are text too.
    (tmp_path / "packs.jsonl").write_text(json.dumps(pack(1)) + "\n", encoding="utf-8")
    (tmp_path / "set.json").write_text(json.dumps([{"question": "Who?", "query": "SELECT who"}]), encoding="utf-8")
    texts = [str(tmp_path / name) for name in ("texts.txt", "packs.jsonl", "set.json")]
    for step in ("tokenizer", "text"):
        assert preprocess.main([step, "--texts", *texts, "--size", "400", "--out", str(tmp_path)]) == 0
    (tmp_path / "text.yaml").write_text("stage: text\nlearning_rate: 0.003\npasses: 1\ntokens_per_step: 512\nwindow: 32\n")
    flags = ["--shape", str(JOB / "configs" / "tiny.yaml"), "--settings", str(tmp_path / "text.yaml")]
    assert train.main([*flags, "--data", str(tmp_path), "--out", str(tmp_path / "run"), "--max-steps", "2"]) in (0, 3)
    assert "million parameters" in capsys.readouterr().out


def test_a_checkpoint_is_measured_and_writes(straight: Path, data: Path, capsys: pytest.CaptureFixture) -> None:
    assert evaluate.main(["--checkpoint", str(straight), "--packs", str(data / "validation.jsonl"), "--decode"]) == 0
    assert "of 9" in capsys.readouterr().out
    asked = ["--checkpoint", str(straight), "--prompt", "⟦schema⟧ta shop: ca name\n⟦question⟧show the name⟦sql⟧"]
    assert generate.main([*asked, "--limit", "4"]) == 0
    assert generate.main([*asked, "--limit", "4", "--beams", "3"]) == 0
    assert len(capsys.readouterr().out.splitlines()) >= 4


def test_its_speed_is_compared_with_a_trainer_over_the_same_tokens(data: Path, capsys: pytest.CaptureFixture) -> None:
    flags = ["--shape", str(JOB / "configs" / "tiny.yaml"), "--settings", str(JOB / "configs" / "smoke.yaml")]
    assert compare_speed.main([*flags, "--data", str(data), "--steps", "2"]) == 0
    found = json.loads(capsys.readouterr().out.splitlines()[-1])
    assert found["steps"] == 2
    assert found["ratio"] == pytest.approx(found["tokensPerSecond"] / found["trainer"], abs=0.02)


def test_a_report_draws_how_the_run_went(straight: Path, tmp_path: Path) -> None:
    out = tmp_path / "runs.html"
    assert report.main(["runs", "--runs", str(straight), "--out", str(out)]) == 0
    text = out.read_text(encoding="utf-8")
    assert text.count("data:image/png") == 4
    assert "Samples of straight" in text


def test_rows_that_do_not_fit_are_left_out_and_counted(tokenizer: Tokenizer, data: Path) -> None:
    reading = read_answer_packs(data / "train-1.jsonl", tokenizer, 128)
    assert reading.too_long == 0
    from packs import read_packs

    batch, left_out = encode_pack(read_packs(data / "train-1.jsonl")[0], tokenizer, 10)
    assert batch is None
    assert left_out == 3


def test_small_packs_read_together_teach_what_they_teach_apart(tokenizer: Tokenizer, network: GPT, data: Path) -> None:
    apart = read_answer_packs(data / "train-1.jsonl", tokenizer, 128).packs.batches
    together = gather_small_packs(apart, tokenizer.id(END), most_tokens=600)
    assert len(together) < len(apart)
    assert all(batch.rows.numel() <= 600 for batch in together)
    assert sum(batch.learned for batch in together) == sum(batch.learned for batch in apart)
    losses = [sum(summed_loss(network, batch).item() for batch in batches) for batches in (apart, together)]
    assert losses[0] == pytest.approx(losses[1], rel=1e-4)


def test_a_run_does_not_go_on_with_other_settings(straight: Path, flags: Flags, capsys: pytest.CaptureFixture) -> None:
    assert train.main(flags(straight, "--resume", "--seed", 2)) == 1
    assert "was made with another settings" in capsys.readouterr().err
    assert train.main(flags(straight)) == 1
    assert "Add --resume to go on" in capsys.readouterr().err


def test_names_what_differs_in_a_checkpoint_of_another_shape(
    straight: Path, tmp_path: Path, flags: Flags, capsys: pytest.CaptureFixture
) -> None:
    other = (JOB / "configs" / "tiny.yaml").read_text(encoding="utf-8").replace("hidden: 64", "hidden: 32")
    (tmp_path / "other.yaml").write_text(other, encoding="utf-8")
    assert train.main(flags(tmp_path / "out", "--shape", tmp_path / "other.yaml", "--start-from", straight)) == 1
    assert "another shape: hidden differ" in capsys.readouterr().err


def test_names_a_damaged_checkpoint(straight: Path, tmp_path: Path, data: Path, capsys: pytest.CaptureFixture) -> None:
    import shutil

    copy = tmp_path / "step-000001"
    shutil.copytree(last(straight), copy)
    (copy / "model.safetensors").write_bytes(b"short")
    assert evaluate.main(["--checkpoint", str(copy), "--packs", str(data / "validation.jsonl")]) == 1
    assert "model.safetensors is damaged" in capsys.readouterr().err


def test_names_data_that_is_missing_or_strange(tmp_path: Path, data: Path, flags: Flags, capsys: pytest.CaptureFixture) -> None:
    assert train.main(flags(tmp_path / "out", "--data", tmp_path)) == 1
    assert "Make it with preprocess.py" in capsys.readouterr().err
    assert train.main(flags(tmp_path / "out", settings="text")) == 1
    assert "text.safetensors is missing" in capsys.readouterr().err
    (tmp_path / "empty.txt").write_text(" \n", encoding="utf-8")
    assert preprocess.main(["tokenizer", "--texts", str(tmp_path / "empty.txt"), "--out", str(tmp_path)]) == 1
    assert "no text there" in capsys.readouterr().err


def test_names_a_token_that_the_network_does_not_know(tmp_path: Path, data: Path, capsys: pytest.CaptureFixture) -> None:
    import shutil

    shutil.copy(data / "tokenizer.json", tmp_path)
    for name in ("text", "validation"):
        save_file({"ids": torch.full((600,), 9_999, dtype=torch.int32)}, str(tmp_path / f"{name}.safetensors"))
    configs = JOB / "configs"
    given = ["--shape", configs / "tiny.yaml", "--settings", configs / "text.yaml", "--data", tmp_path, "--out", tmp_path / "o"]
    assert train.main([str(flag) for flag in given]) == 1
    assert "holds token 9999, and the network knows 0 to" in capsys.readouterr().err


def test_a_full_disk_leaves_the_last_checkpoint_whole(
    straight: Path, tmp_path: Path, flags: Flags, capsys: pytest.CaptureFixture
) -> None:
    assert train.main(flags(tmp_path, "--max-steps", 1)) == 3
    size = (last(tmp_path) / "state.pt").stat().st_size
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    ignored = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    try:
        resource.setrlimit(resource.RLIMIT_FSIZE, (size // 2, before[1]))
        assert train.main(flags(tmp_path, "--resume", "--max-steps", 1)) == 1
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
        signal.signal(signal.SIGXFSZ, ignored)
    assert "could not be written" in capsys.readouterr().err
    assert last(tmp_path).name == "step-000001"
    assert train.main(flags(tmp_path, "--resume", "--max-steps", 1)) == 3
