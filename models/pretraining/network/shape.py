"""The sizes and the kind of a network, as its configuration file gives them."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from pathlib import Path

import yaml

KINDS = ("llama", "gpt2")
"""`llama`: RMS norms, rotary positions, SwiGLU, no biases. `gpt2`: layer norms, learned positions, GELU, biases."""


class ShapeError(Exception):
    """No network can have this shape; the message says why."""


@dataclass(frozen=True)
class Shape:
    kind: str
    vocabulary: int
    """Tokens."""
    context: int
    """The most tokens that are read at once."""
    width: int
    """Numbers that stand for one token."""
    layers: int
    heads: int
    """Of queries."""
    key_value_heads: int
    """Fewer than `heads`: several heads of queries share one of keys and values."""
    hidden: int
    """Width inside the feed-forward."""
    rotary_base: float = 10_000.0
    norm_epsilon: float = 1e-5

    def __post_init__(self) -> None:
        whole = (self.vocabulary, self.context, self.width, self.layers, self.heads, self.key_value_heads, self.hidden)
        if self.kind not in KINDS:
            raise ShapeError(f"kind is {self.kind!r}; known: {', '.join(KINDS)}.")
        if any(not isinstance(number, int) or number < 1 for number in whole):
            raise ShapeError(f"Every size must be a whole number above zero: {self}.")
        if self.width % self.heads or self.heads % self.key_value_heads:
            raise ShapeError("heads must divide width, and key_value_heads must divide heads.")
        if self.kind == "llama" and self.head_width % 2:
            raise ShapeError(f"Rotary positions turn pairs: width / heads is {self.head_width} and must be even.")
        if self.kind == "gpt2" and self.key_value_heads != self.heads:
            raise ShapeError("The kind gpt2 has as many heads of keys as of queries.")

    @property
    def head_width(self) -> int:
        return self.width // self.heads

    def as_dict(self) -> dict:
        return dataclasses.asdict(self)


def read_shape(path: Path, **changes: object) -> Shape:
    """`changes` that are None leave the file's value. Raises ShapeError."""
    try:
        values = yaml.safe_load(path.read_text(encoding="utf-8"))
    except (OSError, yaml.YAMLError) as error:
        raise ShapeError(f"{path} cannot be read: {error}") from error
    if not isinstance(values, dict):
        raise ShapeError(f"{path} holds no shape of a network.")
    return shape_of({**values, **{name: value for name, value in changes.items() if value is not None}}, path)


def shape_of(values: dict, path: Path) -> Shape:
    known = [field.name for field in dataclasses.fields(Shape)]
    unknown = sorted(set(values) - set(known))
    if unknown:
        raise ShapeError(f"{path} sets {', '.join(unknown)}, which is unknown; known: {', '.join(known)}.")
    try:
        return Shape(**values)
    except TypeError as error:
        raise ShapeError(f"{path} does not describe a whole network: {error}") from error
