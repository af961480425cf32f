"""Sums, averages and arithmetic over what is no number, and division: SQLite takes what other engines refuse or round."""

from __future__ import annotations

from collections.abc import Callable

from sqlglot import exp

from .kinds import CALCULATIONS, as_integer, kind_of, wrap
from .scope import Scopes

# How SQLite reads a text as a number: as far as it looks like one.
LEADING_NUMBER = r"^\s*[-+]?\d+\.?\d*"


def calculate_numbers(root: exp.Expression, scopes: Scopes, target: str) -> None:
    for node in list(root.find_all(exp.Sum, exp.Avg)):
        inner = node.this
        if isinstance(inner, exp.Distinct) and len(inner.expressions) == 1:
            inner = inner.expressions[0]
        make_number(inner, scopes, target)
    for node in list(root.find_all(*CALCULATIONS)):
        make_number(node.left, scopes, target)
        make_number(node.right, scopes, target)
    for node in list(root.find_all(exp.Round, exp.Abs)):
        make_number(node.this, scopes, target)
    for node in list(root.find_all(exp.Div)):
        divide(node, scopes, target)


def make_number(node: exp.Expression, scopes: Scopes, target: str) -> None:
    kind = kind_of(node, scopes)
    if kind == "boolean":
        wrap(node, as_integer)
    elif kind in ("date", "timestamp"):
        # The number a written date begins with is its year.
        wrap(node, lambda date: exp.Extract(this=exp.var("YEAR"), expression=date))
    elif kind == "text" and not (isinstance(node, exp.Literal)):
        wrap(node, number_maker(node, scopes, target))


def number_maker(node: exp.Expression, scopes: Scopes, target: str) -> Callable[[exp.Expression], exp.Expression]:
    """What of a text is a number, as SQLite reads it."""
    meaning = scopes.resolve(node) if isinstance(node, exp.Column) else None
    column = meaning.column if meaning else None
    pattern = exp.Literal.string(LEADING_NUMBER)

    def number_in(text: exp.Expression) -> exp.Expression:
        if column and column.numeric:
            return exp.cast(text, "DOUBLE", copy=False)
        if target == "postgres":
            found: exp.Expression = exp.Anonymous(this="SUBSTRING", expressions=[text, pattern])
        else:
            extracted = exp.Anonymous(this="REGEXP_EXTRACT", expressions=[text, pattern])
            found = exp.Nullif(this=extracted, expression=exp.Literal.string(""))
        number = exp.cast(found, "DOUBLE", copy=False)
        if column and not column.nulls:
            return exp.Coalesce(this=number, expressions=[exp.Literal.number(0)])
        return number

    return number_in


def divide(node: exp.Div, scopes: Scopes, target: str) -> None:
    """Whole numbers divide to whole numbers; by a written number other than 0 nothing can go wrong."""
    divisor = node.right.this if isinstance(node.right, exp.Paren) else node.right
    if isinstance(divisor, exp.Literal) and float(divisor.this or 0) != 0:
        node.set("safe", False)
    whole = kind_of(node.left, scopes) == kind_of(node.right, scopes) == "integer"
    if target == "postgres" and whole:
        # The sum of whole numbers is a decimal number there.
        for total in list(node.find_all(exp.Sum)):
            if not total.find_ancestor(exp.Cast):
                wrap(total, lambda node: exp.cast(node, "BIGINT", copy=False))
    if target == "duckdb":
        if whole:
            node.replace(exp.IntDiv(this=node.left, expression=node.right))
        else:
            node.set("typed", False)
