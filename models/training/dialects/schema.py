"""What conversion knows of one database: how its tables are named, typed and filled in the engine converted to."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

NUMBERS = {"integer", "real"}


@dataclass(frozen=True)
class Column:
    """A column as its stored values have it loaded, and the side SQLite compares it on, which its declaration decides."""

    name: str
    # integer, real, text, date, timestamp, boolean or blob
    kind: str
    # What SQLite turns the other side of a comparison into: text, number or none.
    affinity: str
    # Holds NULL somewhere.
    nulls: bool = True
    # No two rows share a value, and none lacks it.
    unique: bool = False
    # A text column whose every text is a plain number.
    numeric: bool = False


@dataclass(frozen=True)
class Table:
    name: str
    columns: dict[str, Column]
    key: tuple[str, ...]


# By name in lower case.
Schema = dict[str, Table]


def read_schema(tables: list[dict[str, Any]]) -> Schema:
    """Of what `parley data dialect` writes for a database."""
    return {table["name"].lower(): read_table(table) for table in tables}


def read_table(table: dict[str, Any]) -> Table:
    columns = [Column(**column) for column in table["columns"]]
    key = tuple(name.lower() for name in table["key"])
    return Table(table["name"], {column.name.lower(): column for column in columns}, key)
