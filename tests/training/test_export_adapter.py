"""Adapters as GGUF: they change what llama.cpp computes as they change PEFT's model, or they are not written."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
import torch
from peft import PeftModel
from safetensors.torch import load_file, save_file

import export_gguf
from conftest import JOB, largest_difference
from load_base import Base, sha256_of

Export = Callable[..., tuple[int, str]]


@pytest.fixture
def export(checkpoint: Path, base_path: Path, capsys: pytest.CaptureFixture[str]) -> Export:
    """Exports with these flags beside the usual ones; returns the exit code and what was said on standard error."""

    def run(out: Path, *flags: object, checkpoint: Path = checkpoint, base: Path = base_path) -> tuple[int, str]:
        usual = ["adapter", "--checkpoint", checkpoint, "--base", base, "--out", out]
        code = export_gguf.main([str(flag) for flag in (*usual, *flags)])
        return code, capsys.readouterr().err

    return run


@pytest.fixture
def damaged(checkpoint: Path, tmp_path: Path) -> Path:
    """A copy to spoil."""
    return Path(shutil.copytree(checkpoint, tmp_path / "step-000003"))


@pytest.mark.parametrize(("kind", "tolerance"), [("f16", 0.02), ("q8_0", 0.5)])
def test_changes_logits_as_peft_does(
    export: Export,
    shipped: Path,
    base: Base,
    base_path: Path,
    tuned: PeftModel,
    tmp_path: Path,
    ask_llama,
    kind: str,
    tolerance: float,
) -> None:
    out = shipped if kind == "f16" else tmp_path / "tiny.gguf"
    assert out == shipped or export(out, "--type", kind)[0] == 0
    answers = ask_llama(base_path, out)
    assert largest_difference(base.model, answers) > 2
    assert largest_difference(tuned, answers) < tolerance


def test_describes_the_file_for_the_registry(export: Export, base: Base, tmp_path: Path) -> None:
    out = tmp_path / "new" / "tiny.gguf"
    code, _ = export(out, "--data-sets", "spider", "--measure", "spider-dev execution accuracy", "--score", "0.5")
    assert code == 0
    sidecar = json.loads((tmp_path / "new" / "tiny.json").read_text(encoding="utf-8"))
    notice = (tmp_path / "new" / "tiny-NOTICE.txt").read_text(encoding="utf-8")
    assert sidecar | {"exportedAt": "", "exportedFrom": ""} == {
        "name": "tiny",
        "file": "tiny.gguf",
        "sha256": sha256_of(out),
        "base": {"name": "tiny-gemma", "sha256": base.sha256},
        "score": {"measure": "spider-dev execution accuracy", "value": 0.5},
        "training": {
            "dataHash": "d" * 64,
            "files": ["train-1.jsonl", "validation.jsonl"],
            "steps": 2,
            "settings": {"name": "tiny", "rank": 32},
        },
        "dataSets": ["spider"],
        "notice": notice,
        "exportedAt": "",
        "exportedFrom": "",
    }
    assert "Gemma is provided under and subject to the Gemma Terms of Use found at ai.google.dev/gemma/terms" in notice
    assert "CC BY-SA 4.0" in notice
    assert "nvBench" not in notice
    assert str(tmp_path).encode() not in out.read_bytes()


def test_takes_the_mean_of_several_checkpoints(
    export: Export, base: Base, base_path: Path, tuned: PeftModel, checkpoint: Path, damaged: Path, tmp_path: Path, ask_llama
) -> None:
    weights = damaged / "adapter_model.safetensors"
    save_file({name: tensor * 3 for name, tensor in load_file(weights).items()}, weights)
    out = tmp_path / "mean.gguf"
    assert export(out, "--checkpoint", checkpoint, damaged) == (0, "")
    with torch.no_grad():
        doubled = [weight for name, weight in tuned.named_parameters() if "lora_" in name]
        for weight in doubled:
            weight *= 2
        difference = largest_difference(tuned, ask_llama(base_path, out))
        for weight in doubled:
            weight /= 2
    assert difference < 0.1
    training = json.loads((tmp_path / "mean.json").read_text(encoding="utf-8"))["training"]
    assert training["meanOf"] == [
        {"sha256": sha256_of(folder / "adapter_model.safetensors"), "dataHash": "d" * 64, "steps": 2}
        for folder in (checkpoint, damaged)
    ]


def test_refuses_the_mean_of_checkpoints_that_do_not_match(
    export: Export, checkpoint: Path, damaged: Path, tmp_path: Path
) -> None:
    config = json.loads((damaged / "adapter_config.json").read_text(encoding="utf-8"))
    (damaged / "adapter_config.json").write_text(json.dumps({**config, "lora_alpha": 8}), encoding="utf-8")
    code, said = export(tmp_path / "mean.gguf", "--checkpoint", checkpoint, damaged)
    assert code == 1
    assert "differ in rank, alpha or layers" in said
    assert not (tmp_path / "mean.gguf").exists()


def test_gives_no_score_to_what_nobody_measured(shipped: Path) -> None:
    assert "score" not in json.loads(shipped.with_suffix(".json").read_text(encoding="utf-8"))


def test_refuses_a_score_without_its_measure(export: Export, tmp_path: Path) -> None:
    code, said = export(tmp_path / "tiny.gguf", "--score", "0.5")
    assert (code, list(tmp_path.iterdir())) == (1, [])
    assert "--measure" in said


def test_refuses_a_checkpoint_of_another_base(export: Export, tmp_path: Path) -> None:
    from tiny_gemma import write_tiny_gemma

    other = tmp_path / "other.gguf"
    write_tiny_gemma(other, seed=1)
    code, said = export(tmp_path / "tiny.gguf", base=other)
    assert code == 1
    assert "was trained on tiny-gemma" in said
    assert not (tmp_path / "tiny.gguf").exists()


def test_refuses_weights_that_are_cut_short_and_keeps_the_last_export(export: Export, damaged: Path, tmp_path: Path) -> None:
    out = tmp_path / "tiny.gguf"
    out.write_bytes(b"the last good one")
    weights = damaged / "adapter_model.safetensors"
    weights.write_bytes(weights.read_bytes()[:-1000])
    code, said = export(out, checkpoint=damaged)
    assert code == 1
    assert "missing or damaged" in said
    assert out.read_bytes() == b"the last good one"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["step-000003", "tiny.gguf"]


def test_refuses_weights_that_are_not_finite(export: Export, damaged: Path, tmp_path: Path) -> None:
    weights = damaged / "adapter_model.safetensors"
    tensors = load_file(weights)
    next(iter(tensors.values()))[0, 0] = torch.nan
    save_file(tensors, weights)
    code, said = export(tmp_path / "tiny.gguf", checkpoint=damaged)
    assert code == 1
    assert "not finite" in said


def test_refuses_a_kind_of_adapter_that_llama_cpp_cannot_carry(export: Export, damaged: Path, tmp_path: Path) -> None:
    config = json.loads((damaged / "adapter_config.json").read_text(encoding="utf-8"))
    (damaged / "adapter_config.json").write_text(json.dumps(config | {"use_dora": True}), encoding="utf-8")
    code, said = export(tmp_path / "tiny.gguf", checkpoint=damaged)
    assert code == 1
    assert "use_dora" in said


def test_refuses_a_folder_that_is_no_checkpoint(export: Export, tmp_path: Path) -> None:
    code, said = export(tmp_path / "tiny.gguf", checkpoint=tmp_path)
    assert code == 1
    assert "is no checkpoint of train_lora.py" in said


def test_credits_the_sets_that_the_rows_came_from(export: Export, damaged: Path, tmp_path: Path) -> None:
    facts = json.loads((damaged / "training.json").read_text(encoding="utf-8"))
    (damaged / "training.json").write_text(json.dumps(facts | {"dataSets": ["wikisql"]}), encoding="utf-8")
    assert export(tmp_path / "tiny.gguf", checkpoint=damaged)[0] == 0
    said = (tmp_path / "tiny-NOTICE.txt").read_text(encoding="utf-8")
    assert "WikiSQL" in said and "BSD 3-Clause" in said and "CC BY-SA" not in said


def test_the_notice_in_the_repository_is_that_of_every_adapter_in_it() -> None:
    folder = JOB.parent / "adapters"
    notices = [json.loads(path.read_text(encoding="utf-8"))["notice"] for path in folder.glob("*.json")]
    shipped = (folder / "NOTICE").read_text(encoding="utf-8")
    assert "Gemma Terms of Use" in shipped and "CC BY-SA 4.0" in shipped
    assert [text for text in notices if text not in shipped] == []
