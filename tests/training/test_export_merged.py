"""Base and adapter as one file, and what stands in the way of it."""

from __future__ import annotations

import json
import os
import resource
import signal
import time
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest
from gguf import GGUFReader
from peft import PeftModel

import export_gguf
import merged_file
from conftest import largest_difference
from llama_source import find_quantizer
from load_base import Base, hash_base
from tiny_gemma import CHARACTERS, vocabulary, write_tiny_gemma


@pytest.fixture(scope="module")
def adapter(checkpoint: Path, base_path: Path, folder: Path) -> Path:
    path = folder / "tiny-adapter.gguf"
    flags = ["adapter", "--checkpoint", checkpoint, "--base", base_path, "--out", path, "--type", "f32"]
    assert export_gguf.main([str(flag) for flag in flags]) == 0
    return path


def merge(adapter: Path, base: Path, out: Path, kind: str) -> int:
    return export_gguf.main(["merge", "--adapter", str(adapter), "--base", str(base), "--out", str(out), "--type", kind])


@pytest.fixture(scope="module")
def merged(adapter: Path, base_path: Path, folder: Path) -> Callable[[str], Path]:
    """Both as one file of a kind, which is made once."""

    @cache
    def merged_as(kind: str) -> Path:
        out = folder / f"whole-{kind}.gguf"
        assert merge(adapter, base_path, out, kind) == 0
        return out

    return merged_as


@pytest.mark.parametrize(("kind", "tolerance"), [("f16", 0.05), ("q8_0", 1.0), ("q4_0", 2.5)])
def test_computes_with_one_file_what_peft_computes_with_two(
    merged: Callable[[str], Path], base: Base, tuned: PeftModel, ask_llama, kind: str, tolerance: float
) -> None:
    answers = ask_llama(merged(kind))
    assert largest_difference(base.model, answers) > 2
    assert largest_difference(tuned, answers) < tolerance


def test_keeps_the_head_at_eight_bits_in_a_model_of_four(merged: Callable[[str], Path]) -> None:
    types = {tensor.name: tensor.tensor_type.name for tensor in GGUFReader(merged("q4_0")).tensors}
    assert (types["token_embd.weight"], types["blk.0.ffn_up.weight"], types["output_norm.weight"]) == ("Q8_0", "Q4_0", "F32")


def test_describes_itself_as_merged(merged: Callable[[str], Path]) -> None:
    out = merged("q8_0")
    sidecar = json.loads(out.with_suffix(".json").read_text(encoding="utf-8"))
    assert (sidecar["kind"], sidecar["adapter"]["name"], sidecar["training"]["steps"]) == ("merged", "tiny-adapter", 2)
    assert "Gemma Terms of Use" in out.with_name("whole-q8_0-NOTICE.txt").read_text(encoding="utf-8")


def test_refuses_another_base(adapter: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    other = tmp_path / "other.gguf"
    write_tiny_gemma(other, seed=1)
    assert merge(adapter, other, tmp_path / "whole.gguf", "q8_0") == 1
    assert "was trained on tiny-gemma" in capsys.readouterr().err


def test_refuses_an_adapter_that_is_cut_short(
    adapter: Path, base_path: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    cut = tmp_path / "cut.gguf"
    cut.write_bytes(adapter.read_bytes()[:-1000])
    (tmp_path / "cut.json").write_text(adapter.with_suffix(".json").read_text(encoding="utf-8"), encoding="utf-8")
    assert merge(cut, base_path, tmp_path / "whole.gguf", "q8_0") == 1
    assert "its SHA-256 differs" in capsys.readouterr().err


def test_says_how_to_get_the_quantizer(
    adapter: Path, base_path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(merged_file, "find_quantizer", lambda: None)
    assert merge(adapter, base_path, tmp_path / "whole.gguf", "q4_k_m") == 1
    assert "build_quantizer.py" in capsys.readouterr().err


def test_quantizes_with_llama_cpp_where_its_quantizer_is(adapter: Path, base_path: Path, tmp_path: Path, ask_llama) -> None:
    if find_quantizer() is None:
        pytest.skip("llama.cpp's quantizer is not built here: python models/training/build_quantizer.py")
    out = tmp_path / "whole.gguf"
    assert merge(adapter, base_path, out, "q4_k_m") == 0
    assert len(ask_llama(out)) > 0


def test_merges_into_a_hugging_face_folder(
    adapter: Path, base: Base, tuned: PeftModel, tmp_path: Path, ask_llama, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "tiny-folder"
    base.model.save_pretrained(folder)
    write_sentencepiece(folder / "tokenizer.model")
    retold = tmp_path / "retold.gguf"
    retold.write_bytes(adapter.read_bytes())
    sidecar = json.loads(adapter.with_suffix(".json").read_text(encoding="utf-8"))
    trained_on = {"name": folder.name, "sha256": hash_base(folder)}
    retold.with_suffix(".json").write_text(json.dumps(sidecar | {"trainedOn": trained_on}), encoding="utf-8")
    assert merge(retold, folder, tmp_path / "whole.gguf", "f16") == 0, capsys.readouterr().err
    _, logits = ask_llama(tmp_path / "whole.gguf")[0]
    assert logits.shape[1] == len(vocabulary())


def write_sentencepiece(path: Path) -> None:
    """A tokenizer of the right size; which words it knows does not matter here."""
    from sentencepiece import SentencePieceTrainer

    SentencePieceTrainer.train(
        sentence_iterator=iter([CHARACTERS.replace("\n", " "), "the singers of the concert in the year"] * 20),
        model_prefix=str(path.with_suffix("")),
        model_type="bpe",
        vocab_size=len(vocabulary()),
        byte_fallback=True,
        hard_vocab_limit=False,
        minloglevel=2,
    )


def test_leaves_the_last_good_file_when_the_disk_is_full(
    adapter: Path, base_path: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "whole.gguf"
    out.write_bytes(b"the last good one")
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    # To the program a limit on the size of files is a disk that is full.
    resource.setrlimit(resource.RLIMIT_FSIZE, (500_000, hard))
    try:
        code = merge(adapter, base_path, out, "f16")
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert code == 1
    assert "could not be written" in capsys.readouterr().err
    assert out.read_bytes() == b"the last good one"
    assert [path.name for path in tmp_path.iterdir()] == ["whole.gguf"]


@pytest.mark.parametrize("ending", [signal.SIGINT, signal.SIGTERM])
def test_leaves_the_last_good_file_when_it_is_stopped(
    adapter: Path,
    base_path: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    ending: signal.Signals,
) -> None:
    def stopped_midway(*arguments: object) -> None:
        arguments[-1].write_bytes(b"half of a model")
        os.kill(os.getpid(), ending)
        time.sleep(5)

    out = tmp_path / "whole.gguf"
    out.write_bytes(b"the last good one")
    monkeypatch.setattr(merged_file, "merge", stopped_midway)
    assert merge(adapter, base_path, out, "f16") == 130
    assert "Stopped" in capsys.readouterr().err
    assert out.read_bytes() == b"the last good one"
    assert [path.name for path in tmp_path.iterdir()] == ["whole.gguf"]
