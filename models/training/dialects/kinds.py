"""The type of an expression in the engine converted to, and the side SQLite would compare it on."""

from __future__ import annotations

from collections.abc import Callable

from sqlglot import exp

from .schema import NUMBERS
from .scope import Scopes

# Nested names lead from query to query; more levels than this mean a circle.
MAX_DEPTH = 20

TEXTS = (exp.Upper, exp.Lower, exp.Substring, exp.DPipe, exp.Concat, exp.Trim, exp.Replace, exp.TimeToStr, exp.GroupConcat)
CALCULATIONS = (exp.Add, exp.Sub, exp.Mul, exp.Div, exp.Mod, exp.IntDiv)


def kind_of(node: exp.Expression | None, scopes: Scopes, depth: int = 0) -> str | None:
    """integer, real, text, date, timestamp, boolean or blob; None where it cannot be told or does not matter."""
    if node is None or depth > MAX_DEPTH:
        return None

    def inner(part: exp.Expression | None) -> str | None:
        return kind_of(part, scopes, depth + 1)

    if isinstance(node, exp.Literal):
        return "text" if node.is_string else "integer" if node.this.isdigit() else "real"
    if isinstance(node, exp.Column):
        meaning = scopes.resolve(node)
        if meaning is None:
            return None
        return meaning.column.kind if meaning.column else inner(meaning.expression)
    if isinstance(node, (exp.Paren, exp.Neg, exp.Abs, exp.Min, exp.Max, exp.Alias, exp.Distinct, exp.Anonymous, exp.First)):
        return inner(node.this if isinstance(node.this, exp.Expression) else first_of(node))
    if isinstance(node, (exp.Count, exp.Length)):
        return "integer"
    if isinstance(node, (exp.Avg, exp.Round)):
        return "real"
    if isinstance(node, exp.Sum):
        return "integer" if inner(node.this) in ("integer", "boolean") else "real"
    if isinstance(node, CALCULATIONS):
        return "integer" if inner(node.left) == inner(node.right) == "integer" else "real"
    if isinstance(node, TEXTS):
        return "text"
    if isinstance(node, exp.Cast):
        return cast_kind(node)
    if isinstance(node, exp.Subquery):
        return inner(node.this)
    if isinstance(node, exp.Query):
        return inner(node.selects[0]) if node.selects else None
    if isinstance(node, (exp.Coalesce, exp.If)):
        return inner(node.this if isinstance(node, exp.Coalesce) else node.args.get("true"))
    if isinstance(node, exp.Case):
        return inner(node.args["ifs"][0])
    if isinstance(node, (exp.Predicate, exp.Connector, exp.Not)):
        return "boolean"
    return None


def first_of(node: exp.Expression) -> exp.Expression | None:
    """The first argument or expression inside."""
    return node.expressions[0] if node.expressions else None


def cast_kind(node: exp.Cast) -> str | None:
    kind = node.to.this
    if kind in exp.DataType.INTEGER_TYPES:
        return "integer"
    if kind in exp.DataType.REAL_TYPES:
        return "real"
    if kind in exp.DataType.TEXT_TYPES:
        return "text"
    return {exp.DataType.Type.DATE: "date", exp.DataType.Type.TIMESTAMP: "timestamp"}.get(kind)


def affinity_of(node: exp.Expression | None, scopes: Scopes) -> str:
    """By SQLite's rules: of a column its declaration's, of a cast its type's, of a nested query its first column's, else none."""
    if isinstance(node, (exp.Paren, exp.Alias, exp.Subquery)):
        return affinity_of(node.this, scopes)
    if isinstance(node, exp.Query):
        return affinity_of(node.selects[0], scopes) if node.selects else "none"
    if isinstance(node, exp.Cast):
        return "text" if cast_kind(node) == "text" else "number"
    if not isinstance(node, exp.Column):
        return "none"
    meaning = scopes.resolve(node)
    if meaning is None:
        return "none"
    return meaning.column.affinity if meaning.column else affinity_of(meaning.expression, scopes)


def is_number(kind: str | None) -> bool:
    return kind in NUMBERS


def wrap(node: exp.Expression, around: Callable[[exp.Expression], exp.Expression]) -> None:
    """Puts what `around` makes of a node into its place. The node is not copied: what is in it may have to be changed yet."""
    place = exp.Placeholder()
    node.replace(place)
    place.replace(around(node))


def as_text(node: exp.Expression) -> exp.Expression:
    return exp.cast(node, "TEXT", copy=False)


def as_integer(node: exp.Expression) -> exp.Expression:
    return exp.cast(node, "INT", copy=False)
