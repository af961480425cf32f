"""The job as a user starts it: steps, checkpoints, a stop in the middle, and what it says when something is wrong."""

from __future__ import annotations

import json
import resource
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
import torch
from peft import PeftModel
from safetensors.torch import load_file

import export_gguf
import train_lora
from conftest import JOB, largest_difference
from load_base import Base, load_base
from tiny_gemma import write_tiny_gemma


def pack(number: int) -> dict:
    source = "wikisql" if number == 3 else "train_others"
    rows = [
        {"id": f"{source}-{3 * number + row}", "suffix": f"Question: {row}?\nSQL:", "target": f" select t.c{number}"}
        for row in range(3)
    ]
    return {"id": str(number), "database": "d", "dialect": "sqlite", "prefix": f"sqlite\nt: c{number} int\n", "rows": rows}


@pytest.fixture(scope="module")
def rows(folder: Path) -> Path:
    path = folder / "rows"
    path.mkdir()
    for name, numbers in {"train-1": range(4), "validation": range(4, 6)}.items():
        lines = "".join(json.dumps(pack(number)) + "\n" for number in numbers)
        (path / f"{name}.jsonl").write_text(lines, encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def flags(base_path: Path, rows: Path) -> Callable[..., list[str]]:
    """The flags of a run into `out`; a later flag takes the place of an earlier one of its name."""

    def of(out: Path, *more: object, config: str = "smoke") -> list[str]:
        settings = JOB / "configs" / f"{config}.yaml"
        usual = ["--config", settings, "--base", base_path, "--data", rows, "--out", out]
        return [str(flag) for flag in (*usual, *more)]

    return of


@pytest.fixture(scope="module")
def straight(folder: Path, flags: Callable[..., list[str]]) -> Path:
    """Four steps without a stop."""
    out = folder / "straight"
    assert train_lora.main(flags(out)) == 0
    return out


def weights(out: Path, step: int) -> dict[str, torch.Tensor]:
    return load_file(out / f"step-{step:06d}" / "adapter_model.safetensors")


def test_writes_weights_settings_and_hashes_beside_each_other(straight: Path) -> None:
    facts = json.loads((straight / "step-000004" / "training.json").read_text(encoding="utf-8"))
    assert facts["step"] == 4
    assert facts["settings"]["rank"] == 4
    assert len(facts["data"]["sha256"]) == len(facts["base"]["sha256"]) == 64
    assert facts["validation"]["loss"] > 0
    assert facts["dataSets"] == ["spider", "spider-syn", "wikisql"]
    assert list((straight / "logs").glob("events*"))


def log_of(out: Path) -> list[dict]:
    return [json.loads(line) for line in (out / "log.jsonl").read_text(encoding="utf-8").splitlines()]


def test_logs_every_step_and_validation_for_whoever_watches(straight: Path) -> None:
    run, *lines = log_of(straight)
    assert run["kind"] == "run"
    assert run["steps"] == 4
    assert run["settings"]["rank"] == 4
    assert run["files"] == ["train-1.jsonl", "validation.jsonl"]
    steps = [line for line in lines if line["kind"] == "step"]
    assert [line["step"] for line in steps] == [1, 2, 3, 4]
    assert all(line["loss"] > 0 and line["tokens"] > 0 and line["seconds"] > 0 for line in steps)
    assert steps[-1]["learningRate"] < steps[1]["learningRate"]
    facts = json.loads((straight / "step-000004" / "training.json").read_text(encoding="utf-8"))
    last = [line for line in lines if line["kind"] == "validation"][-1]
    assert {name: last[name] for name in ("loss", "exact")} == facts["validation"]


def test_what_two_steps_taught_reaches_llama_cpp(
    flags, base: Base, base_path: Path, tmp_path: Path, ask_llama, capsys: pytest.CaptureFixture[str]
) -> None:
    assert train_lora.main(flags(tmp_path / "run", "--learning-rate", "0.05", "--max-steps", "2")) == 3
    assert "Stopped after step 2 of 4" in capsys.readouterr().out
    checkpoint, adapter = tmp_path / "run" / "step-000002", tmp_path / "two-steps.gguf"
    export = ["adapter", "--checkpoint", checkpoint, "--base", base_path, "--out", adapter]
    assert export_gguf.main([str(flag) for flag in export]) == 0
    answers = ask_llama(base_path, adapter)
    assert largest_difference(base.model, answers) > 1
    assert largest_difference(PeftModel.from_pretrained(load_base(base_path).model, checkpoint).eval(), answers) < 0.02


def test_a_run_that_was_stopped_goes_on_to_the_same_weights(flags, straight: Path, tmp_path: Path) -> None:
    assert train_lora.main(flags(tmp_path, "--max-steps", "2")) == 3
    assert train_lora.main(flags(tmp_path, "--resume")) == 0
    expected, found = weights(straight, 4), weights(tmp_path, 4)
    assert expected.keys() == found.keys()
    for name in expected:
        assert torch.equal(expected[name], found[name]), name


def test_ctrl_c_leaves_a_checkpoint_to_go_on_from(flags, tmp_path: Path) -> None:
    endless = flags(tmp_path, "--passes", "5000")
    command = [sys.executable, str(JOB / "train_lora.py"), *endless]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    wait_for(lambda: any(tmp_path.glob("step-*")), process)
    process.send_signal(signal.SIGINT)
    said, _ = process.communicate(timeout=900)
    assert process.returncode == 3
    assert "Stopped after step" in said
    last = int(said.split("after step ")[1].split()[0])
    assert weights(tmp_path, last).keys()
    assert not list(tmp_path.glob(".step-*"))
    assert train_lora.main([*endless, "--resume", "--max-steps", "1"]) == 3
    assert weights(tmp_path, last + 1).keys()


def wait_for(condition: Callable[[], bool], process: subprocess.Popen) -> None:
    end = time.monotonic() + 900
    while not condition():
        assert process.poll() is None and time.monotonic() < end
        time.sleep(0.05)


def test_another_base_is_refused(flags, straight: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    other = tmp_path / "other.gguf"
    write_tiny_gemma(other, seed=6)
    assert train_lora.main(flags(straight, "--base", other, "--resume")) == 1
    assert "another base" in capsys.readouterr().err


def test_a_truncated_checkpoint_is_named_and_the_one_before_still_works(
    flags, straight: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = Path(shutil.copytree(straight, tmp_path / "out"))
    state = out / "step-000004" / "state.pt"
    state.write_bytes(state.read_bytes()[:2000])
    assert train_lora.main(flags(out, "--resume")) == 1
    assert "step-000004 is damaged" in capsys.readouterr().err
    shutil.rmtree(out / "step-000004")
    assert train_lora.main(flags(out, "--resume")) == 0
    assert weights(out, 4).keys() == weights(straight, 4).keys()


@pytest.mark.parametrize("room", [100_000, 400_000], ids=["for half of the weights", "for half of the state"])
def test_a_full_disk_is_told_and_leaves_the_last_checkpoint(
    flags, straight: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], room: int
) -> None:
    """A limit on the size of files stands in for the disk: writing past it fails as on a full one."""
    out = Path(shutil.copytree(straight, tmp_path / "out"))
    shutil.rmtree(out / "step-000004")
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (room, hard))
    try:
        code = train_lora.main(flags(out, "--resume"))
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert code == 1
    said = capsys.readouterr().err
    assert "could not be written" in said
    assert "The last good one is" in said and "step-000003" in said
    assert sorted(path.name for path in out.iterdir()) == ["log.jsonl", "logs", "step-000003"]
    assert train_lora.main(flags(out, "--resume")) == 0


@pytest.mark.parametrize(
    ("more", "said"),
    [
        (("--data", "nowhere"), "parley train rows"),
        (("--base", "nowhere.gguf"), "There is no base model"),
        (("--learning-rate", "-1"), "learning_rate"),
    ],
)
def test_wrong_flags_are_answered_in_a_sentence(
    flags, tmp_path: Path, capsys: pytest.CaptureFixture[str], more: tuple[str, str], said: str
) -> None:
    assert train_lora.main(flags(tmp_path / "out", *more)) == 1
    assert said in capsys.readouterr().err


def test_a_rows_file_that_is_cut_short_is_named_with_its_line(
    flags, rows: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    cut = Path(shutil.copytree(rows, tmp_path / "rows"))
    file = cut / "train-1.jsonl"
    file.write_bytes(file.read_bytes()[:-20])
    assert train_lora.main(flags(tmp_path / "out", "--data", cut)) == 1
    assert "train-1.jsonl, line 4 is not a training pack" in capsys.readouterr().err


def test_a_second_run_does_not_overwrite_the_first(flags, straight: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert train_lora.main(flags(straight)) == 1
    assert "--resume" in capsys.readouterr().err


def test_four_bits_ask_for_a_gpu_in_words(flags, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    if torch.cuda.is_available():
        pytest.skip("a GPU is there")
    assert train_lora.main(flags(tmp_path, config="gemma-2b")) == 1
    assert "needs an NVIDIA GPU" in capsys.readouterr().err
