"""What a run is told: a YAML or JSON file, checked, with the flags that changed it."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from pathlib import Path

import yaml

STAGES = ("text", "answers", "chat")
"""`text` learns every token of running text; `answers` learns what stands behind the questions of packs, and so does
`chat`, from packs of its own: second tries, and questions that a schema cannot answer."""
PRECISIONS = ("float32", "bfloat16")
OPTIMISERS = ("adamw", "muon")


class SettingsError(Exception):
    """The file or a flag asks for something that does not exist; the message names it."""


@dataclass(frozen=True)
class Settings:
    stage: str
    learning_rate: float
    """The highest, reached after the warm-up; a cosine brings it down to a tenth."""
    passes: int
    """Over the data; with several files each pass reads the next."""
    tokens_per_step: int
    """Tokens read, at the least, before the weights change: batches are summed until there are as many."""
    window: int = 256
    """Tokens of a row of running text."""
    rows: int = 16
    """Of a batch of running text."""
    warmup_share: float = 0.05
    """Of all steps."""
    weight_decay: float = 0.1
    """Of matrices, not of norms and biases."""
    dropout: float = 0.0
    """Share of what each block adds that is forgotten at each step, 0 to 1; small data read often is learned by heart."""
    clip_norm: float = 1.0
    optimiser: str = "adamw"
    """`muon` changes the matrices of the blocks by Muon, the rest by AdamW."""
    validate_every: int = 200
    """In steps."""
    save_every: int = 200
    """In steps."""
    samples: int = 3
    """Answers written at each validation, to read."""
    seed: int = 1
    precision: str = "float32"
    compile: bool = False

    def __post_init__(self) -> None:
        for name in ("passes", "tokens_per_step", "window", "rows", "validate_every", "save_every"):
            number = getattr(self, name)
            if not isinstance(number, int) or number < 1:
                raise SettingsError(f"{name} is {number!r}; it must be a whole number above zero.")
        if not isinstance(self.learning_rate, float) or self.learning_rate <= 0:
            raise SettingsError(f"learning_rate is {self.learning_rate!r}; it must be a number above zero, such as 1.0e-3.")
        if not isinstance(self.dropout, float) or not 0 <= self.dropout < 1:
            raise SettingsError(f"dropout is {self.dropout!r}; it must be a number from 0.0 to below 1, such as 0.1.")
        for name, known in (("stage", STAGES), ("precision", PRECISIONS), ("optimiser", OPTIMISERS)):
            if getattr(self, name) not in known:
                raise SettingsError(f"{name} is {getattr(self, name)!r}; it is one of {', '.join(known)}.")

    def as_dict(self) -> dict:
        return dataclasses.asdict(self)


def read_settings(path: Path, **changes: object) -> Settings:
    """`changes` that are None leave the file's value. Raises SettingsError."""
    try:
        values = yaml.safe_load(path.read_text(encoding="utf-8"))
    except (OSError, yaml.YAMLError) as error:
        raise SettingsError(f"{path} cannot be read: {error}") from error
    if not isinstance(values, dict):
        raise SettingsError(f"{path} holds no settings.")
    values.update({name: value for name, value in changes.items() if value is not None})
    fields = dataclasses.fields(Settings)
    unknown = sorted(set(values) - {field.name for field in fields})
    missing = [field.name for field in fields if field.default is dataclasses.MISSING and field.name not in values]
    if unknown:
        known = ", ".join(field.name for field in fields)
        raise SettingsError(f"{path} sets {', '.join(unknown)}, which is unknown; known: {known}.")
    if missing:
        raise SettingsError(f"{path} lacks {', '.join(missing)}.")
    return Settings(**values)
