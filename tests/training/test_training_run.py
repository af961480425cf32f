"""The job as a user starts it: steps, checkpoints, a stop in the middle, and what it says when something is wrong."""

import json
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
import torch
from safetensors.torch import load_file
from tiny_base import save_tiny_base

SCRIPTS = Path(__file__).parents[2] / "models" / "training"


def pack(number: int) -> dict:
    rows = [{"id": f"{number}-{row}", "suffix": f"Question: {row}?\nSQL:", "target": f" select t.c{number}"} for row in range(3)]
    return {"id": str(number), "database": "d", "dialect": "sqlite", "prefix": f"sqlite\nt: c{number} int\n", "rows": rows}


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("training")
    save_tiny_base(folder / "base")
    (folder / "rows").mkdir()
    for name, numbers in {"train-1": range(4), "validation": range(4, 6)}.items():
        (folder / "rows" / f"{name}.jsonl").write_text("".join(json.dumps(pack(number)) + "\n" for number in numbers))
    return folder


def command(home: Path, out: Path, *flags: str, config: str = "smoke") -> list[str]:
    settings = SCRIPTS / "configs" / f"{config}.yaml"
    script = [sys.executable, str(SCRIPTS / "train_lora.py"), "--config", str(settings)]
    return [*script, "--base", str(home / "base"), "--data", str(home / "rows"), "--out", str(out), *flags]


def start(home: Path, out: Path, *flags: str, config: str = "smoke") -> subprocess.CompletedProcess[str]:
    return subprocess.run(command(home, out, *flags, config=config), capture_output=True, text=True, check=False)


def weights(out: Path, step: int) -> dict[str, torch.Tensor]:
    return load_file(str(out / f"step-{step:06d}" / "adapter_model.safetensors"))


@pytest.fixture(scope="module")
def straight(home: Path) -> Path:
    """Four steps without a stop."""
    out = home / "straight"
    run = start(home, out)
    assert run.returncode == 0, run.stderr
    return out


def test_writes_weights_settings_and_hashes_beside_each_other(straight: Path):
    facts = json.loads((straight / "step-000004" / "training.json").read_text())
    assert facts["step"] == 4
    assert facts["settings"]["rank"] == 4
    assert len(facts["data"]["sha256"]) == len(facts["base"]["sha256"]) == 64
    assert facts["validation"]["loss"] > 0
    assert list((straight / "logs").glob("events*"))


def test_a_run_that_was_stopped_goes_on_to_the_same_weights(home: Path, straight: Path):
    out = home / "stopped"
    first = start(home, out, "--max-steps", "2")
    assert first.returncode == 3 and "go on with --resume" in first.stdout
    assert start(home, out, "--resume").returncode == 0
    expected, found = weights(straight, 4), weights(out, 4)
    assert expected.keys() == found.keys()
    for name in expected:
        assert torch.equal(expected[name], found[name]), name


def test_ctrl_c_leaves_a_checkpoint_to_go_on_from(home: Path):
    out = home / "interrupted"
    process = subprocess.Popen(
        command(home, out, "--passes", "5000"), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    wait_for(lambda: any(out.glob("step-*")), process)
    process.send_signal(signal.SIGINT)
    output, _ = process.communicate(timeout=60)
    assert process.returncode == 3
    assert "Stopped after step" in output
    again = start(home, out, "--passes", "5000", "--resume", "--max-steps", "1")
    assert again.returncode == 3, again.stderr


def wait_for(condition, process: subprocess.Popen) -> None:
    end = time.monotonic() + 90
    while not condition():
        assert process.poll() is None and time.monotonic() < end
        time.sleep(0.05)


def test_another_base_is_refused(home: Path, straight: Path):
    other = home / "other"
    save_tiny_base(other / "base", seed=6)
    shutil.copytree(home / "rows", other / "rows")
    shutil.copytree(straight, other / "out")
    run = start(other, other / "out", "--resume")
    assert run.returncode == 1
    assert "another base" in run.stderr


def test_a_truncated_checkpoint_is_named_and_the_one_before_still_works(home: Path, straight: Path):
    out = home / "truncated"
    shutil.copytree(straight, out)
    state = out / "step-000004" / "state.pt"
    state.write_bytes(state.read_bytes()[:2000])
    broken = start(home, out, "--resume")
    assert broken.returncode == 1
    assert "step-000004 is damaged" in broken.stderr and "Traceback" not in broken.stderr
    shutil.rmtree(out / "step-000004")
    assert start(home, out, "--resume").returncode == 0
    assert weights(out, 4).keys() == weights(straight, 4).keys()


def test_a_full_disk_is_told_and_leaves_the_last_checkpoint(home: Path, straight: Path, tmp_path: Path):
    """A file size limit stands in for the disk: writing past it fails as a full disk does."""
    out = tmp_path / "full"
    shutil.copytree(straight, out)
    shutil.rmtree(out / "step-000004")
    limited = ["bash", "-c", 'trap "" XFSZ; ulimit -f 60; exec "$@"', "bash", *command(home, out, "--resume")]
    run = subprocess.run(limited, capture_output=True, text=True, check=False)
    assert run.returncode == 1, run.stderr
    assert "could not be written" in run.stderr and "step-000003" in run.stderr
    assert [path.name for path in out.iterdir() if path.name.startswith("step-")] == ["step-000003"]


@pytest.mark.parametrize(
    ("flags", "said"),
    [
        (("--data", "nowhere"), "parley train rows"),
        (("--base", "nowhere.gguf"), "There is no base model"),
        (("--learning-rate", "-1"), "learning_rate"),
    ],
)
def test_wrong_flags_are_answered_in_a_sentence(home: Path, tmp_path: Path, flags: tuple[str, str], said: str):
    run = start(home, tmp_path / "out", *flags)
    assert run.returncode == 1
    assert said in run.stderr and "Traceback" not in run.stderr


def test_a_second_run_does_not_overwrite_the_first(home: Path, straight: Path):
    run = start(home, straight)
    assert run.returncode == 1 and "--resume" in run.stderr


def test_four_bits_ask_for_a_gpu_in_words(home: Path, tmp_path: Path):
    if torch.cuda.is_available():
        pytest.skip("a GPU is there")
    run = start(home, tmp_path / "out", config="gemma-2b")
    assert run.returncode == 1 and "needs an NVIDIA GPU" in run.stderr
