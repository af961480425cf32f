"""What a training run is told: a YAML file, checked, with the flags that changed it."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from pathlib import Path

import yaml


class SettingsError(Exception):
    """The file or a flag asks for something that does not exist; the message names it."""


@dataclass(frozen=True)
class Settings:
    name: str
    """Of the adapter: file names and the registry use it."""
    rank: int
    alpha: int
    """The adapter's part is added times alpha / rank."""
    targets: tuple[str, ...]
    """Linear layers that get an adapter, by the last part of their name."""
    learning_rate: float
    """The highest, reached after the warm-up; a cosine brings it down to a tenth."""
    warmup_share: float
    """Of all steps."""
    passes: int
    """Over the packs of the data; each pass reads the next `train-*.jsonl`."""
    packs_per_step: int
    """Packs whose gradients are summed before the weights change."""
    validate_every: int
    """In steps."""
    save_every: int
    """In steps."""
    seed: int
    dropout: float = 0.0
    weight_decay: float = 0.0
    clip_norm: float = 1.0
    quantisation: str = "none"
    """`nf4` keeps the base in 4 bits through bitsandbytes; it needs CUDA."""


def read_settings(path: Path, **changes: object) -> Settings:
    """`changes` that are None leave the file's value. Raises SettingsError."""
    try:
        values = yaml.safe_load(path.read_text(encoding="utf-8"))
    except (OSError, yaml.YAMLError) as error:
        raise SettingsError(f"{path} cannot be read: {error}") from error
    if not isinstance(values, dict):
        raise SettingsError(f"{path} holds no settings.")
    values.update({name: value for name, value in changes.items() if value is not None})
    known = {field.name: field for field in dataclasses.fields(Settings)}
    unknown = sorted(set(values) - set(known))
    missing = sorted(name for name, field in known.items() if field.default is dataclasses.MISSING and name not in values)
    if unknown:
        raise SettingsError(f"{path} sets {', '.join(unknown)}, which is unknown; known: {', '.join(known)}.")
    if missing:
        raise SettingsError(f"{path} lacks {', '.join(missing)}.")
    values["targets"] = tuple(values["targets"])
    return checked(Settings(**values))


def checked(settings: Settings) -> Settings:
    for name in ("rank", "alpha", "passes", "packs_per_step", "validate_every", "save_every"):
        value = getattr(settings, name)
        if not isinstance(value, int) or value < 1:
            raise SettingsError(f"{name} is {value!r}; it must be a whole number above zero.")
    if not isinstance(settings.learning_rate, float) or settings.learning_rate <= 0:
        raise SettingsError(f"learning_rate is {settings.learning_rate!r}; it must be a number above zero, such as 5.0e-4.")
    if settings.quantisation not in ("none", "nf4"):
        raise SettingsError(f"quantisation is {settings.quantisation!r}; it must be none or nf4.")
    return settings
