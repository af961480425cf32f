"""Puts a fresh LoRA adapter on a base model, for this machine."""

from __future__ import annotations

from pathlib import Path

import torch
from peft import LoraConfig, PeftModel, get_peft_model
from transformers import BitsAndBytesConfig, GgufConfig

from load_base import Base, BaseModelError, load_base
from quick_norm import quicken_norms
from settings import Settings, SettingsError


def device_name() -> str:
    if torch.cuda.is_available():
        return "cuda"
    return "mps" if torch.backends.mps.is_available() else "cpu"


def open_base(path: Path, settings: Settings) -> Base:
    """The frozen base in bfloat16, or in 4 bits. Raises BaseModelError and SettingsError."""
    options: dict[str, object] = {}
    if device_name() == "cpu":
        # Measured on two cores: plain attention reads 700 tokens a second, the fused one 540.
        options["attn_implementation"] = "eager"
    if settings.quantisation == "nf4":
        options["quantization_config"] = four_bits()
    elif path.is_file():
        # Weights left packed are unpacked at every use: measured, a step takes 1.6 times as long.
        options["quantization_config"] = GgufConfig(dequantize=True)
    return load_base(path, torch.bfloat16, **options)


def four_bits() -> BitsAndBytesConfig:
    if not torch.cuda.is_available():
        raise SettingsError("quantisation: nf4 needs an NVIDIA GPU. Set quantisation: none to train on this machine.")
    return BitsAndBytesConfig(
        load_in_4bit=True,
        bnb_4bit_quant_type="nf4",
        bnb_4bit_use_double_quant=True,
        bnb_4bit_compute_dtype=torch.bfloat16,
    )


def add_adapter(base: Base, settings: Settings) -> PeftModel:
    """The random half is drawn from the seed; the other half is zero, so that the model starts unchanged."""
    torch.manual_seed(settings.seed)
    config = LoraConfig(
        r=settings.rank,
        lora_alpha=settings.alpha,
        lora_dropout=settings.dropout,
        target_modules=list(settings.targets),
        task_type="CAUSAL_LM",
    )
    try:
        model = get_peft_model(base.model, config)
    except ValueError as error:
        raise BaseModelError(f"{base.name} has none of the layers {', '.join(settings.targets)}.") from error
    for parameter in model.parameters():
        if parameter.requires_grad:
            parameter.data = parameter.data.to(torch.bfloat16)
    quicken_norms(model)
    return model
