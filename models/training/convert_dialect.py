"""Converts SQLite's queries for `parley data dialect`.

Run as: python convert_dialect.py --to postgres < queries.jsonl > converted.jsonl

One JSON object a line. In: `{"database": NAME, "tables": [...]}` before the queries on it, then
`{"id": ID, "database": NAME, "sql": SQL}`. Out, in order: `{"id": ID, "sql": SQL, "any_row": BOOLEAN}` or
`{"id": ID, "error": WHY}`.
"""

from __future__ import annotations

import argparse
import json
import sys
from dataclasses import asdict

from sqlglot.errors import SqlglotError

from dialects.convert import convert, convert_plainly
from dialects.schema import Schema, read_schema


def main() -> None:
    parser = argparse.ArgumentParser(description="Converts SQLite's queries.")
    parser.add_argument("--to", required=True, choices=["postgres", "duckdb"])
    parser.add_argument("--plain", action="store_true", help="sqlglot alone, without what the schema tells")
    options = parser.parse_args()
    schemas: dict[str, Schema] = {}
    for line in sys.stdin:
        row = json.loads(line)
        if "tables" in row:
            schemas[row["database"]] = read_schema(row["tables"])
            continue
        print(json.dumps({"id": row["id"], **converted(row, schemas, options)}), flush=True)


def converted(row: dict[str, str], schemas: dict[str, Schema], options: argparse.Namespace) -> dict[str, object]:
    try:
        if options.plain:
            return {"sql": convert_plainly(row["sql"], options.to)}
        return asdict(convert(row["sql"], schemas[row["database"]], options.to))
    except SqlglotError as error:
        return {"error": str(error).splitlines()[0]}
    except Exception as error:
        # A mistake of ours in one query of thousands: it is listed with the failures, and the others go on.
        return {"error": f"{type(error).__name__}: {error}"}


if __name__ == "__main__":
    main()
