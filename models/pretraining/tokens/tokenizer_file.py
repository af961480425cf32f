"""Keeps a vocabulary in the JSON form of the `tokenizers` library, which llama.cpp's converter and transformers read."""

from __future__ import annotations

import json
from pathlib import Path

from tokens.tokenizer import Tokenizer
from tokens.train_merges import Vocabulary

FILE = "tokenizer.json"


class TokenizerFileError(Exception):
    """The file cannot be read or is not of this form; the message names it."""


def write_tokenizer(tokenizer: Tokenizer, folder: Path) -> Path:
    vocabulary = tokenizer.vocabulary
    pieces = vocabulary.pieces
    layout = {
        "version": "1.0",
        "truncation": None,
        "padding": None,
        "added_tokens": [added_token(number, text) for number, text in enumerate(vocabulary.special)],
        "normalizer": None,
        "pre_tokenizer": byte_level(),
        "post_processor": byte_level(),
        "decoder": byte_level(),
        "model": {
            "type": "BPE",
            "dropout": None,
            "unk_token": None,
            "continuing_subword_prefix": None,
            "end_of_word_suffix": None,
            "fuse_unk": False,
            "byte_fallback": False,
            "ignore_merges": False,
            "vocab": {piece: number for number, piece in enumerate(pieces)},
            "merges": [[pieces[left], pieces[right]] for left, right in vocabulary.merges],
        },
    }
    path = folder / FILE
    path.write_text(json.dumps(layout, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    return path


def added_token(number: int, text: str) -> dict:
    """Not `special` in the library's sense: then llama.cpp finds it in plain text, where Parley writes prompts."""
    facts = {"single_word": False, "lstrip": False, "rstrip": False, "normalized": False, "special": False}
    return {"id": number, "content": text, **facts}


def byte_level() -> dict:
    return {"type": "ByteLevel", "add_prefix_space": False, "trim_offsets": True, "use_regex": True}


def read_tokenizer(folder: Path) -> Tokenizer:
    """Raises TokenizerFileError."""
    path = folder / FILE
    try:
        layout = json.loads(path.read_text(encoding="utf-8"))
        model = layout["model"]
        ids: dict[str, int] = model["vocab"]
        pieces = sorted(ids, key=lambda piece: ids[piece])
        special = [token["content"] for token in layout["added_tokens"]]
        merges = [(ids[left], ids[right]) for left, right in model["merges"]]
    except OSError as error:
        raise TokenizerFileError(f"{path} cannot be read: {error.strerror}. Make it with preprocess.py.") from error
    except (ValueError, KeyError, TypeError) as error:
        raise TokenizerFileError(f"{path} is not a byte-pair vocabulary ({type(error).__name__}: {error}).") from error
    if list(range(len(pieces))) != [ids[piece] for piece in pieces] or pieces[: len(special)] != special:
        raise TokenizerFileError(f"{path} has ids that are not 0, 1, 2 … with its added tokens first.")
    return Tokenizer(Vocabulary(special, pieces, merges))
