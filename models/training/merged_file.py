"""One GGUF file out of a base and an adapter, at any of the types that are shipped."""

from __future__ import annotations

import tempfile
from pathlib import Path

from export_error import ExportError
from gguf_convert import convert_base
from gguf_merge import FILE_TYPES, merge
from llama_source import find_quantizer, run

QUANTIZED_TYPES = {"q4_k_m": "Q4_K_M"}
"""Types that only llama.cpp's own quantizer writes, by its name for them."""
MERGED_TYPES = (*FILE_TYPES, *QUANTIZED_TYPES)


def write_merged(base: Path, adapter: Path, name: str, kind: str, out: Path) -> None:
    """Writes `out`; drafts of the size of an F16 model stand beside it meanwhile. Raises ExportError."""
    quantizer = find_quantizer() if kind in QUANTIZED_TYPES else None
    if kind in QUANTIZED_TYPES and quantizer is None:
        raise ExportError(f"{kind} is written by llama.cpp's quantizer, which is not here. Run: python build_quantizer.py")
    with tempfile.TemporaryDirectory(prefix=".merge-", dir=out.parent) as folder:
        drafts = Path(folder)
        if base.is_dir():
            converted = drafts / f"{base.name}.gguf"
            convert_base(base, converted)
            base = converted
        if quantizer is None:
            merge(base, adapter, name, kind, out)
            return
        exact = drafts / "merged-f16.gguf"
        merge(base, adapter, name, "f16", exact)
        run([str(quantizer), str(exact), str(out), QUANTIZED_TYPES[kind]], "llama.cpp's quantizer failed")
