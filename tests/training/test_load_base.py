"""Opening base models: as llama.cpp reads them, or not at all."""

from __future__ import annotations

from pathlib import Path

import pytest
from gguf import GGUFWriter

from conftest import TEXTS, largest_difference
from load_base import Base, BaseModelError, load_base, sha256_of


def test_reads_a_gguf_file_as_llama_cpp_does(base: Base, base_path: Path, ask_llama) -> None:
    answers = ask_llama(base_path)
    assert [base.tokenizer(text).input_ids for text in TEXTS] == [tokens for tokens, _ in answers]
    assert max(len(tokens) for tokens, _ in answers) > 3 * base.model.config.sliding_window
    assert largest_difference(base.model, answers) < 0.02


def test_names_a_file_by_its_contents(base: Base, base_path: Path) -> None:
    assert (base.name, base.sha256) == ("tiny-gemma", sha256_of(base_path))


def test_opens_a_saved_copy_of_what_it_read(base: Base, tmp_path: Path) -> None:
    base.model.save_pretrained(tmp_path)
    base.tokenizer.save_pretrained(tmp_path)
    copy = load_base(tmp_path)
    assert copy.sha256 == sha256_of(tmp_path / "model.safetensors")
    assert all((mine == its).all() for mine, its in zip(base.model.parameters(), copy.model.parameters(), strict=True))


def test_says_which_file_is_missing(tmp_path: Path) -> None:
    with pytest.raises(BaseModelError, match="There is no base model at .*none.gguf"):
        load_base(tmp_path / "none.gguf")


def test_refuses_a_file_of_another_format(tmp_path: Path) -> None:
    path = tmp_path / "other.gguf"
    path.write_text("no model", encoding="utf-8")
    with pytest.raises(BaseModelError, match="is not a GGUF file"):
        load_base(path)


@pytest.mark.parametrize("share", [0.0005, 0.02, 0.5, 0.99])
def test_refuses_a_file_that_is_cut_short(base_path: Path, tmp_path: Path, share: float) -> None:
    whole = base_path.read_bytes()
    path = tmp_path / "cut.gguf"
    path.write_bytes(whole[: int(len(whole) * share)])
    with pytest.raises(BaseModelError, match="cannot be read as a base model"):
        load_base(path)


def test_refuses_an_architecture_that_transformers_does_not_know(tmp_path: Path) -> None:
    path = tmp_path / "other.gguf"
    writer = GGUFWriter(path, "newest")
    writer.add_name("Newest")
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()
    with pytest.raises(BaseModelError, match="newest"):
        load_base(path)


def test_refuses_a_folder_without_a_model(tmp_path: Path) -> None:
    with pytest.raises(BaseModelError, match="has no config.json"):
        load_base(tmp_path)
