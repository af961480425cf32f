"""Prepares texts for training: learns a vocabulary, and turns text into token ids.

Run as: python preprocess.py tokenizer --texts FILE … --size 6144 --out FOLDER
        python preprocess.py text --texts FILE … --out FOLDER

FOLDER gets tokenizer.json, then text.safetensors and validation.safetensors. The packs of answers (train-*.jsonl and
validation.jsonl, by `parley train rows --pointers`) belong into the same folder.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from tqdm import tqdm

from corpus.answer_packs import END, MARKS
from corpus.corpus_error import CorpusError
from corpus.open_data import TEXT, VALIDATION_TEXT
from corpus.read_documents import is_kept, read_documents
from corpus.text_windows import encode_documents, write_ids
from tokens.tokenizer import Tokenizer
from tokens.tokenizer_file import TokenizerFileError, read_tokenizer, write_tokenizer
from tokens.train_merges import EmptyCorpus, train_merges

LEAST_SIZE = 256 + len(MARKS)


def read_arguments(given: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Learns a vocabulary, and turns text into token ids.")
    parser.add_argument("step", choices=["tokenizer", "text"], help="what to make")
    parser.add_argument("--texts", type=Path, nargs="+", required=True, help="files of text: .txt, .sql, .json, .jsonl")
    parser.add_argument("--out", type=Path, required=True, help="the folder of the data")
    parser.add_argument("--size", type=int, default=6144, help="tokens in the vocabulary")
    return parser.parse_args(given)


def main(given: list[str] | None = None) -> int:
    """`given` are the flags; by default those of the command line."""
    arguments = read_arguments(given)
    try:
        arguments.out.mkdir(parents=True, exist_ok=True)
        if arguments.step == "tokenizer":
            make_tokenizer(arguments.texts, arguments.size, arguments.out)
        else:
            make_text(arguments.texts, arguments.out)
        return 0
    except (CorpusError, EmptyCorpus, TokenizerFileError) as error:
        print(error, file=sys.stderr)
    except OSError as error:
        print(f"{arguments.out} cannot be written: {error.strerror or error}.", file=sys.stderr)
    return 1


def make_tokenizer(texts: list[Path], size: int, out: Path) -> None:
    if size < LEAST_SIZE:
        raise CorpusError(f"A vocabulary needs at least {LEAST_SIZE} tokens: every byte and {len(MARKS)} marks.")
    with tqdm(total=size - LEAST_SIZE, unit="merge", desc="Learning the vocabulary") as bar:
        vocabulary = train_merges(read_documents(texts), size, list(MARKS), lambda _: bar.update())
    path = write_tokenizer(Tokenizer(vocabulary), out)
    print(f"{path}: {len(vocabulary.pieces)} tokens.")


def make_text(texts: list[Path], out: Path) -> None:
    tokenizer = read_tokenizer(out)
    kept: list[str] = []
    learned: list[str] = []
    for document in tqdm(read_documents(texts), unit="document", desc="Reading"):
        (kept if is_kept(document) else learned).append(document)
    for name, documents in ((TEXT, learned), (VALIDATION_TEXT, kept)):
        ids = encode_documents(documents, tokenizer, END)
        write_ids(ids, out / name)
        print(f"{out / name}: {len(documents)} documents, {ids.numel()} tokens.")


if __name__ == "__main__":
    sys.exit(main())
