"""Training that goes on from an adapter, also from the one that was shipped as GGUF."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
import torch
import yaml
from peft import LoraConfig, PeftModel, get_peft_model
from transformers import LlamaConfig, LlamaForCausalLM

import train_lora
from checkpoints import CheckpointError
from conftest import JOB, TARGETS, export_adapter
from load_base import Base, hash_base, sha256_of
from warm_start import read_start, trainable


def is_rounded_alone(found: list[torch.Tensor], model: PeftModel) -> bool:
    """Whether `found` are the weights of `model` to the 16 bits of the file, and nothing else was lost."""
    kept = [parameter.half().float() for _, parameter in trainable(model)]
    return len(found) == len(kept) and all(map(torch.equal, found, kept))


def test_reads_back_exactly_what_was_exported(shipped: Path, tuned: PeftModel, base: Base) -> None:
    assert is_rounded_alone(read_start(shipped, tuned, base.sha256), tuned)


def test_reads_a_checkpoint_as_it_is(checkpoint: Path, tuned: PeftModel, base: Base) -> None:
    found = read_start(checkpoint, tuned, base.sha256)
    assert all(torch.equal(values, parameter) for values, (_, parameter) in zip(found, trainable(tuned), strict=True))


def test_undoes_the_order_that_llama_cpp_gives_to_heads(tmp_path: Path) -> None:
    shape = LlamaConfig(
        vocab_size=64,
        hidden_size=48,
        intermediate_size=64,
        num_hidden_layers=2,
        num_attention_heads=6,
        num_key_value_heads=3,
        head_dim=8,
    )
    base = tmp_path / "tiny-llama"
    LlamaForCausalLM(shape).save_pretrained(base)
    model = get_peft_model(LlamaForCausalLM(shape), LoraConfig(r=4, lora_alpha=8, target_modules=TARGETS))
    for _, parameter in trainable(model):
        torch.nn.init.normal_(parameter)
    checkpoint = tmp_path / "step-000001"
    model.save_pretrained(str(checkpoint))
    facts = {"base": {"name": base.name, "sha256": hash_base(base)}, "step": 1}
    (checkpoint / "training.json").write_text(json.dumps(facts), encoding="utf-8")
    adapter = export_adapter(checkpoint, base, tmp_path / "llama.gguf")
    assert is_rounded_alone(read_start(adapter, model, hash_base(base)), model)


def test_refuses_the_adapter_of_another_base(shipped: Path, checkpoint: Path, tuned: PeftModel) -> None:
    for start in (shipped, checkpoint):
        with pytest.raises(CheckpointError, match="was trained on tiny-gemma, which is another base"):
            read_start(start, tuned, "e" * 64)


def test_refuses_an_adapter_that_is_cut_short(shipped: Path, tuned: PeftModel, base: Base, tmp_path: Path) -> None:
    cut = tmp_path / "cut.gguf"
    cut.write_bytes(shipped.read_bytes()[:-1000])
    with pytest.raises(CheckpointError, match="damaged"):
        read_start(cut, tuned, base.sha256)


@pytest.fixture
def start(base_path: Path, shipped: Path, tmp_path: Path) -> Callable[..., int]:
    """One step from the shipped adapter, under the smoke configuration with these changes; returns the exit code."""
    row = {"id": "1", "suffix": "Question: which?\nSQL:", "target": " select t.a"}
    pack = {"id": "1", "database": "d", "dialect": "sqlite", "prefix": "sqlite\nt: a int\n", "rows": [row]}
    for name in ("train-1", "validation"):
        (tmp_path / f"{name}.jsonl").write_text(json.dumps(pack) + "\n", encoding="utf-8")

    def run(*flags: str, **changes: object) -> int:
        settings = yaml.safe_load((JOB / "configs" / "smoke.yaml").read_text(encoding="utf-8")) | changes
        config = tmp_path / "config.yaml"
        config.write_text(yaml.safe_dump(settings), encoding="utf-8")
        usual = ["--config", config, "--base", base_path, "--data", tmp_path, "--out", tmp_path / "out", "--start-from", shipped]
        return train_lora.main([str(flag) for flag in (*usual, *flags)])

    return run


def test_a_run_says_what_it_started_from_also_after_a_stop(start, shipped: Path, tmp_path: Path) -> None:
    assert start("--max-steps", "1", rank=32, alpha=16, passes=2) == 3
    assert start("--resume", rank=32, alpha=16, passes=2) == 0
    for step in (1, 2):
        facts = json.loads((tmp_path / "out" / f"step-{step:06d}" / "training.json").read_text(encoding="utf-8"))
        assert facts["startedFrom"] == {"name": "shipped.gguf", "sha256": sha256_of(shipped)}


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"rank": 32, "alpha": 64}, "is scaled by 0.5; alpha / rank of this configuration is 2"),
        ({"rank": 16, "alpha": 8}, "has another shape"),
        ({"rank": 32, "alpha": 16, "targets": ["q_proj"]}, "which this configuration leaves as it is"),
    ],
)
def test_refuses_an_adapter_of_another_configuration(
    start, changes: dict, said: str, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    assert start(**changes) == 1
    assert said in capsys.readouterr().err
    assert not (tmp_path / "out").exists()
