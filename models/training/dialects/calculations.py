"""Sums, averages and arithmetic over what is no number, and division: SQLite takes what other engines refuse or round."""

from __future__ import annotations

from sqlglot import exp

from .kinds import CALCULATIONS, kind_of
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
        node.replace(exp.cast(node.copy(), "INT"))
    elif kind in ("date", "timestamp"):
        # The number a written date begins with is its year.
        node.replace(exp.Extract(this=exp.var("YEAR"), expression=node.copy()))
    elif kind == "text" and not (isinstance(node, exp.Literal)):
        node.replace(number_in(node, scopes, target))


def number_in(node: exp.Expression, scopes: Scopes, target: str) -> exp.Expression:
    meaning = scopes.resolve(node) if isinstance(node, exp.Column) else None
    if meaning and meaning.column and meaning.column.numeric:
        return exp.cast(node.copy(), "DOUBLE")
    pattern = exp.Literal.string(LEADING_NUMBER)
    if target == "postgres":
        found: exp.Expression = exp.Anonymous(this="SUBSTRING", expressions=[node.copy(), pattern])
    else:
        extracted = exp.Anonymous(this="REGEXP_EXTRACT", expressions=[node.copy(), pattern])
        found = exp.Nullif(this=extracted, expression=exp.Literal.string(""))
    number = exp.cast(found, "DOUBLE")
    if meaning and meaning.column and not meaning.column.nulls:
        return exp.Coalesce(this=number, expressions=[exp.Literal.number(0)])
    return number


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
                total.replace(exp.cast(total.copy(), "BIGINT"))
    if target == "duckdb":
        if whole:
            node.replace(exp.IntDiv(this=node.left.copy(), expression=node.right.copy()))
        else:
            node.set("typed", False)
