"""One query of SQLite in the words of another engine."""

from __future__ import annotations

from dataclasses import dataclass

from sqlglot import exp, parse_one
from sqlglot.errors import ErrorLevel, SqlglotError

from .calculations import calculate_numbers
from .comparisons import align_comparisons
from .groups import complete_groups
from .joins import complete_joins
from .names import name_subqueries, read_texts, write_names
from .orders import complete_orders, place_nulls
from .schema import Schema
from .scope import Scopes


@dataclass(frozen=True)
class Conversion:
    sql: str
    # A column beside aggregates had to be taken from the first row of its group.
    any_row: bool


def convert(sql: str, schema: Schema, target: str) -> Conversion:
    """`target` is postgres or duckdb. Raises SqlglotError for what cannot be read."""
    root = read(sql)
    scopes = Scopes(root, schema)
    read_texts(root, scopes)
    complete_joins(root, scopes)
    align_comparisons(root, scopes)
    calculate_numbers(root, scopes, target)
    complete_orders(root, scopes)
    any_row = complete_groups(root, scopes, target)
    place_nulls(root, scopes, target)
    name_subqueries(root)
    write_names(root, target)
    return Conversion(root.sql(target, unsupported_level=ErrorLevel.RAISE), any_row)


def convert_plainly(sql: str, target: str) -> str:
    """What sqlglot makes of it without a schema, to compare with."""
    return read(sql).sql(target)


def read(sql: str) -> exp.Expression:
    root = parse_one(sql.strip().rstrip(";"), read="sqlite")
    if not isinstance(root, exp.Query):
        raise SqlglotError("It is no query.")
    return root
