"""Writes a Gemma 3 of random weights as a GGUF file: every part of the real one, 300 times smaller."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from gguf import GGUFWriter, LlamaFileType, TokenType

WIDTH = 64
INNER_WIDTH = 96
HEADS = 2
HEAD_WIDTH = 256
"""As in the real one: transformers scales attention by this number alone."""
LAYERS = 7
"""The sixth sees everything, the others a window."""
WINDOW = 16
WORDS = ("th", "he", "▁t", "▁th", "▁the", "in", "▁s", "se", "▁se", "al", "▁SQL", "SQL", "SQ", "\n\n")
CHARACTERS = "▁\nabcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.,:;?!'\"()*=<>_-"


def write_tiny_gemma(path: Path, seed: int = 0) -> None:
    writer = GGUFWriter(path, "gemma3")
    writer.add_name("Tiny Gemma")
    writer.add_license("gemma")
    writer.add_context_length(256)
    writer.add_embedding_length(WIDTH)
    writer.add_block_count(LAYERS)
    writer.add_feed_forward_length(INNER_WIDTH)
    writer.add_head_count(HEADS)
    writer.add_head_count_kv(1)
    writer.add_layer_norm_rms_eps(1e-6)
    writer.add_key_length(HEAD_WIDTH)
    writer.add_value_length(HEAD_WIDTH)
    writer.add_rope_freq_base(1_000_000.0)
    writer.add_sliding_window(WINDOW)
    writer.add_file_type(LlamaFileType.ALL_F32)
    add_tokenizer(writer)
    for name, tensor in tensors(np.random.default_rng(seed)):
        writer.add_tensor(name, tensor)
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()


def vocabulary() -> list[tuple[str, float, TokenType]]:
    special = [(text, -1000.0, TokenType.CONTROL) for text in ("<pad>", "<eos>", "<bos>")]
    unknown = [("<unk>", -1000.0, TokenType.UNKNOWN)]
    single_bytes = [(f"<0x{value:02X}>", -1000.0, TokenType.BYTE) for value in range(256)]
    pieces = [(text, -float(index), TokenType.NORMAL) for index, text in enumerate((*WORDS, *CHARACTERS))]
    return special + unknown + single_bytes + pieces


def add_tokenizer(writer: GGUFWriter) -> None:
    texts, scores, types = zip(*vocabulary(), strict=True)
    writer.add_tokenizer_model("llama")
    writer.add_tokenizer_pre("default")
    writer.add_token_list(texts)
    writer.add_token_scores(scores)
    writer.add_token_types(types)
    writer.add_pad_token_id(0)
    writer.add_eos_token_id(1)
    writer.add_bos_token_id(2)
    writer.add_unk_token_id(3)
    writer.add_add_bos_token(True)
    writer.add_add_eos_token(False)
    writer.add_add_space_prefix(False)


def tensors(random: np.random.Generator):
    def matrix(outputs: int, inputs: int) -> np.ndarray:
        return random.normal(0, inputs**-0.5, (outputs, inputs)).astype(np.float32)

    def norm(width: int) -> np.ndarray:
        return random.uniform(0.5, 1.5, width).astype(np.float32)

    yield "token_embd.weight", matrix(len(vocabulary()), WIDTH)
    yield "output_norm.weight", norm(WIDTH)
    for layer in range(LAYERS):
        block = f"blk.{layer}."
        for name in ("attn_norm", "post_attention_norm", "ffn_norm", "post_ffw_norm"):
            yield f"{block}{name}.weight", norm(WIDTH)
        for name in ("attn_q_norm", "attn_k_norm"):
            yield f"{block}{name}.weight", norm(HEAD_WIDTH)
        yield f"{block}attn_q.weight", matrix(HEADS * HEAD_WIDTH, WIDTH)
        yield f"{block}attn_k.weight", matrix(HEAD_WIDTH, WIDTH)
        yield f"{block}attn_v.weight", matrix(HEAD_WIDTH, WIDTH)
        yield f"{block}attn_output.weight", matrix(WIDTH, HEADS * HEAD_WIDTH)
        yield f"{block}ffn_gate.weight", matrix(INNER_WIDTH, WIDTH)
        yield f"{block}ffn_up.weight", matrix(INNER_WIDTH, WIDTH)
        yield f"{block}ffn_down.weight", matrix(WIDTH, INNER_WIDTH)
