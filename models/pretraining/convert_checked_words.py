"""llama.cpp's converter of whole models, told how words are cut.

Run as: python convert_checked_words.py LLAMA_SOURCE --outtype q8_0 --outfile FILE FOLDER

The converter recognises a way to cut words by the token ids of one text, which every new vocabulary changes. Ours cuts as
GPT-2 does: tests/pretraining compares ids of llama.cpp and of this tokenizer.
"""

from __future__ import annotations

import runpy
import sys
from pathlib import Path


def main() -> None:
    source = Path(sys.argv.pop(1))
    sys.path.insert(0, str(source))
    from conversion.base import TextModel

    TextModel.get_vocab_base_pre = lambda self, tokenizer: "gpt-2"
    runpy.run_path(str(source / "convert_hf_to_gguf.py"), run_name="__main__")


if __name__ == "__main__":
    main()
