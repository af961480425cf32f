"""What the training job's tests share: a tiny base, checkpoints on it, and llama.cpp to compare with."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
import torch
from peft import LoraConfig, PeftModel, get_peft_model

HERE = Path(__file__).parent
JOB = HERE.parents[1] / "models" / "training"
sys.path[:0] = [str(HERE), str(JOB)]

import export_gguf  # noqa: E402
from load_base import Base, load_base  # noqa: E402
from tiny_gemma import write_tiny_gemma  # noqa: E402

TEXTS = [
    "the SQL in  these\n\nlines: (a = 'b')",
    "CREATE TABLE singer (id, name);\nHow many singers are there? SELECT COUNT(*) FROM singer WHERE age > 30",
    "Größe 🙂 <eos> \t end",
]
"""The second is longer than the window."""
TARGETS = ["q_proj", "k_proj", "v_proj", "o_proj", "gate_proj", "up_proj", "down_proj"]


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("training")


@pytest.fixture(scope="session")
def base_path(folder: Path) -> Path:
    path = folder / "tiny-gemma.gguf"
    write_tiny_gemma(path)
    return path


@pytest.fixture(scope="session")
def base(base_path: Path) -> Base:
    return load_base(base_path)


@pytest.fixture(scope="session")
def tuned(base_path: Path) -> PeftModel:
    """Every matrix changed at random, so much that the answers are others."""
    torch.manual_seed(1)
    model = get_peft_model(load_base(base_path).model, LoraConfig(r=32, lora_alpha=16, target_modules=TARGETS))
    for name, parameter in model.named_parameters():
        if "lora_B" in name:
            torch.nn.init.normal_(parameter, std=0.1)
    return model.eval()


@pytest.fixture(scope="session")
def checkpoint(folder: Path, base: Base, tuned: PeftModel) -> Path:
    path = folder / "step-000002"
    tuned.save_pretrained(str(path))
    facts = {
        "base": {"name": base.name, "sha256": base.sha256},
        "data": {"sha256": "d" * 64, "files": ["train-1.jsonl", "validation.jsonl"]},
        "settings": {"name": "tiny", "rank": 32},
        "step": 2,
    }
    (path / "training.json").write_text(json.dumps(facts), encoding="utf-8")
    return path


@pytest.fixture(scope="session")
def shipped(checkpoint: Path, base_path: Path, folder: Path) -> Path:
    """The checkpoint as an adapter of the usual kind, which nobody may change."""
    return export_adapter(checkpoint, base_path, folder / "shipped.gguf")


def export_adapter(checkpoint: Path, base: Path, out: Path) -> Path:
    flags = ["adapter", "--checkpoint", checkpoint, "--base", base, "--out", out]
    assert export_gguf.main([str(flag) for flag in flags]) == 0
    return out


@pytest.fixture(scope="session")
def ask_llama(folder: Path) -> Callable[..., list[tuple[list[int], torch.Tensor]]]:
    """Tokens and logits [tokens, vocabulary] of every text, by llama.cpp as Parley runs it."""
    texts = folder / "texts.json"
    texts.write_text(json.dumps(TEXTS), encoding="utf-8")

    def ask(model: Path, *adapter: Path) -> list[tuple[list[int], torch.Tensor]]:
        command = ["node", str(HERE / "llama-logits.mjs"), str(model), str(texts), *map(str, adapter)]
        done = subprocess.run(command, capture_output=True, text=True)
        assert done.returncode == 0, done.stderr
        return [(answer["tokens"], torch.tensor(answer["logits"])) for answer in json.loads(done.stdout)]

    return ask


def logits_of(model: torch.nn.Module, tokens: list[int]) -> torch.Tensor:
    with torch.no_grad():
        return model(torch.tensor([tokens])).logits[0].float()


def largest_difference(model: torch.nn.Module, answers: list[tuple[list[int], torch.Tensor]]) -> float:
    return max(float((logits_of(model, tokens) - logits).abs().max()) for tokens, logits in answers)
