"""The network's weights under the names that transformers, and so llama.cpp's converter, knows them by."""

from __future__ import annotations

import torch
from transformers import GPT2Config, GPT2LMHeadModel, LlamaConfig, LlamaForCausalLM, PreTrainedModel

from network.gpt import GPT
from network.shape import Shape

LLAMA_NAMES = {
    "attention_norm": "input_layernorm",
    "attention.query": "self_attn.q_proj",
    "attention.key": "self_attn.k_proj",
    "attention.value": "self_attn.v_proj",
    "attention.output": "self_attn.o_proj",
    "feed_forward_norm": "post_attention_layernorm",
    "feed_forward.gate": "mlp.gate_proj",
    "feed_forward.up": "mlp.up_proj",
    "feed_forward.down": "mlp.down_proj",
}
GPT2_NAMES = {
    "attention_norm": "ln_1",
    "attention.output": "attn.c_proj",
    "feed_forward_norm": "ln_2",
    "feed_forward.up": "mlp.c_fc",
    "feed_forward.down": "mlp.c_proj",
}
GPT2_TURNED = ("attn.c_proj", "mlp.c_fc", "mlp.c_proj")
"""GPT-2 keeps these matrices the other way round."""


def as_hugging_face(network: GPT, end: int) -> PreTrainedModel:
    """The same function as a model of transformers; `end` is the id of the token that ends an answer."""
    shape = network.shape
    model = (LlamaForCausalLM if shape.kind == "llama" else GPT2LMHeadModel)(config_of(shape, end))
    weights = llama_weights(network) if shape.kind == "llama" else gpt2_weights(network)
    missing, unexpected = model.load_state_dict(weights, strict=False)
    if unexpected or any(name != "lm_head.weight" for name in missing):
        raise RuntimeError(f"names do not match: {missing} {unexpected}")
    model.tie_weights()
    return model.eval()


def config_of(shape: Shape, end: int) -> LlamaConfig | GPT2Config:
    tokens = {"vocab_size": shape.vocabulary, "bos_token_id": end, "eos_token_id": end, "tie_word_embeddings": True}
    if shape.kind == "gpt2":
        return GPT2Config(
            **tokens,
            n_positions=shape.context,
            n_embd=shape.width,
            n_layer=shape.layers,
            n_head=shape.heads,
            n_inner=shape.hidden,
            layer_norm_epsilon=shape.norm_epsilon,
        )
    return LlamaConfig(
        **tokens,
        max_position_embeddings=shape.context,
        hidden_size=shape.width,
        num_hidden_layers=shape.layers,
        num_attention_heads=shape.heads,
        num_key_value_heads=shape.key_value_heads,
        intermediate_size=shape.hidden,
        rms_norm_eps=shape.norm_epsilon,
        rope_theta=shape.rotary_base,
    )


def llama_weights(network: GPT) -> dict[str, torch.Tensor]:
    return {
        "model.embed_tokens.weight": network.embeddings.tokens.weight,
        "model.norm.weight": network.norm.weight,
        **{
            f"model.layers.{number}.{theirs}.weight": block.get_submodule(ours).weight
            for number, block in enumerate(network.blocks)
            for ours, theirs in LLAMA_NAMES.items()
        },
    }


def gpt2_weights(network: GPT) -> dict[str, torch.Tensor]:
    found = {
        "transformer.wte.weight": network.embeddings.tokens.weight,
        "transformer.wpe.weight": network.embeddings.positions.weight,
        "transformer.ln_f.weight": network.norm.weight,
        "transformer.ln_f.bias": network.norm.bias,
    }
    for number, block in enumerate(network.blocks):
        place = f"transformer.h.{number}."
        for ours, theirs in GPT2_NAMES.items():
            module = block.get_submodule(ours)
            found[f"{place}{theirs}.weight"] = module.weight.t() if theirs in GPT2_TURNED else module.weight
            found[f"{place}{theirs}.bias"] = module.bias
        parts = (block.attention.query, block.attention.key, block.attention.value)
        found[f"{place}attn.c_attn.weight"] = torch.cat([part.weight for part in parts]).t()
        found[f"{place}attn.c_attn.bias"] = torch.cat([part.bias for part in parts])
    return found
