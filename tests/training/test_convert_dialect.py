"""What SQLite takes and others do not, said so that they do."""

from __future__ import annotations

import pytest

from dialects.convert import convert
from dialects.schema import read_schema


def column(name: str, kind: str, **facts: object) -> dict[str, object]:
    affinity = {"text": "text", "date": "number", "timestamp": "number"}.get(kind, "number")
    return {"name": name, "kind": kind, "affinity": affinity, "nulls": False, **facts}


SCHEMA = read_schema(
    [
        {
            "name": "Farm",
            "columns": [column("Farm_ID", "integer", unique=True), column("Name", "text"), column("Opened", "date", nulls=True)],
            "key": ["Farm_ID"],
        },
        {
            "name": "Cow",
            "columns": [
                column("Cow_ID", "integer", unique=True),
                column("Name", "text"),
                column("Farm_ID", "integer", nulls=True),
                column("Litres", "integer"),
                column("Tag", "text", numeric=True),
                column("Note", "text", nulls=True),
                column("Sold", "boolean"),
                column("Order", "integer"),
            ],
            "key": ["Cow_ID"],
        },
    ]
)
JOINED = "Farm AS T1 JOIN Cow AS T2 ON T1.Farm_ID = T2.Farm_ID"
JOINED_OUT = "farm AS t1 JOIN cow AS t2 ON t1.farm_id = t2.farm_id"


@pytest.mark.parametrize(
    ("original", "expected"),
    [
        ('SELECT name FROM cow WHERE name = "Bella"', "SELECT name FROM cow WHERE name = 'Bella'"),
        ('SELECT "Name" FROM Cow', "SELECT name FROM cow"),
        ("SELECT `Order` FROM Cow", 'SELECT "order" FROM cow'),
        ("SELECT name FROM cow WHERE litres > '5'", "SELECT name FROM cow WHERE litres > 5"),
        ("SELECT name FROM cow WHERE tag > 5", "SELECT name FROM cow WHERE tag > '5'"),
        ("SELECT name FROM cow WHERE sold = 1", "SELECT name FROM cow WHERE sold = TRUE"),
        ("SELECT name FROM cow WHERE name LIKE '%b%'", "SELECT name FROM cow WHERE name ILIKE '%b%'"),
        ("SELECT name FROM cow WHERE litres LIKE '1%'", "SELECT name FROM cow WHERE CAST(litres AS TEXT) LIKE '1%'"),
        ("SELECT name FROM farm WHERE opened > '1999-01-01'", "SELECT name FROM farm WHERE opened > '1999-01-01'"),
        ("SELECT name FROM farm WHERE opened LIKE '1999%'", "SELECT name FROM farm WHERE CAST(opened AS TEXT) LIKE '1999%'"),
        ("SELECT sum(tag) FROM cow", "SELECT SUM(CAST(tag AS DOUBLE PRECISION)) FROM cow"),
        ("SELECT litres / 2 FROM cow", "SELECT litres / 2 FROM cow"),
        ("SELECT sum(litres) / 2 FROM cow", "SELECT CAST(SUM(litres) AS BIGINT) / 2 FROM cow"),
        ("SELECT name FROM cow ORDER BY litres", "SELECT name FROM cow ORDER BY litres"),
        ("SELECT name FROM cow ORDER BY note", "SELECT name FROM cow ORDER BY note NULLS FIRST"),
        ("SELECT name FROM cow ORDER BY note DESC", "SELECT name FROM cow ORDER BY note DESC NULLS LAST"),
        ("SELECT count(*) FROM Farm JOIN Cow", "SELECT COUNT(*) FROM farm CROSS JOIN cow"),
        (
            "SELECT count(*) FROM farm AS a JOIN cow AS b ON a.farm_id = c.farm_id JOIN cow AS c ON b.cow_id = c.cow_id",
            "SELECT COUNT(*) FROM farm AS a CROSS JOIN cow AS b JOIN cow AS c ON b.cow_id = c.cow_id AND a.farm_id = c.farm_id",
        ),
        ("SELECT count(*) FROM (SELECT name FROM cow)", "SELECT COUNT(*) FROM (SELECT name FROM cow) AS rows"),
        (
            f"SELECT T1.name, count(*) FROM {JOINED} GROUP BY T2.Farm_ID",
            f"SELECT t1.name, COUNT(*) FROM {JOINED_OUT} GROUP BY t2.farm_id, t1.name",
        ),
        (
            "SELECT name, max(litres) FROM cow",
            "SELECT (ARRAY_AGG(name ORDER BY litres DESC NULLS LAST))[1] AS name, MAX(litres) FROM cow",
        ),
        (
            "SELECT farm_id, name, count(*) FROM cow GROUP BY farm_id",
            "SELECT farm_id, (ARRAY_AGG(name))[1] AS name, COUNT(*) FROM cow GROUP BY farm_id",
        ),
        (
            "SELECT DISTINCT name FROM cow ORDER BY litres DESC",
            "SELECT name FROM cow GROUP BY name ORDER BY MAX(litres) DESC",
        ),
        (
            "SELECT T2.name FROM cow AS T2 UNION SELECT name FROM farm ORDER BY T2.name",
            "SELECT t2.name FROM cow AS t2 UNION SELECT name FROM farm ORDER BY name",
        ),
        (
            "SELECT name FROM cow WHERE note = (SELECT max(litres) FROM cow WHERE name = farm_id)",
            "SELECT name FROM cow WHERE note = CAST((SELECT MAX(litres) FROM cow WHERE name = CAST(farm_id AS TEXT)) AS TEXT)",
        ),
        (
            "SELECT litres AS n FROM cow WHERE n > 3",
            "SELECT litres AS n FROM cow WHERE litres > 3",
        ),
    ],
)
def test_postgres(original: str, expected: str) -> None:
    assert convert(original, SCHEMA, "postgres").sql == expected


@pytest.mark.parametrize(
    ("original", "expected"),
    [
        ("SELECT litres / 2 FROM cow", "SELECT litres // 2 FROM Cow"),
        ("SELECT name, max(litres) FROM cow", "SELECT ARG_MAX(name, litres) AS name, MAX(litres) FROM Cow"),
        ("SELECT farm_id, name FROM cow GROUP BY farm_id", "SELECT farm_id, FIRST(name) AS name FROM Cow GROUP BY farm_id"),
    ],
)
def test_duckdb(original: str, expected: str) -> None:
    assert convert(original, SCHEMA, "duckdb").sql.lower() == expected.lower()


def test_says_where_any_row_of_a_group_was_taken() -> None:
    assert convert("SELECT farm_id, name FROM cow GROUP BY farm_id", SCHEMA, "postgres").any_row
    assert not convert("SELECT name, max(litres) FROM cow", SCHEMA, "postgres").any_row
    assert not convert("SELECT cow_id, name FROM cow GROUP BY cow_id", SCHEMA, "postgres").any_row
