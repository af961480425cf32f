"""Which double-quoted words are names and which are texts, and how names are written for the target."""

from __future__ import annotations

import re

from sqlglot import exp

from .scope import Scopes

PLAIN = re.compile(r"[a-z_][a-z0-9_]*", re.IGNORECASE)

# What neither engine takes bare as a table, a column and an alias.
RESERVED_WORDS = """
all analyse analyze and anti any array as asc asof asymmetric at authorization between binary both by case cast check
collate collation column concurrently constraint create cross current_catalog current_date current_role current_schema
current_time current_timestamp current_user default deferrable desc describe distinct do else end except exists false
fetch for foreign freeze from full glob grant group having ilike in initially inner intersect into is isnull join
lambda lateral leading left like limit localtime localtimestamp natural not notnull null offset on only or order outer
overlaps pivot pivot_longer pivot_wider placing positional primary qualify references returning right row select semi
session_user show similar some summarize symmetric table tablesample then to trailing true union unique unpack unpivot
user using values variadic verbose when where window with
"""
RESERVED = frozenset(RESERVED_WORDS.split())


def read_texts(root: exp.Expression, scopes: Scopes) -> None:
    """A double-quoted word that names no column is a text; an alias in a condition is what it stands for."""
    for column in list(root.find_all(exp.Column)):
        meaning = scopes.resolve(column)
        if meaning is None:
            if isinstance(column.this, exp.Identifier) and column.this.quoted and not column.table:
                column.replace(exp.Literal.string(column.name))
        elif meaning.source == "" and is_spelt_out(column):
            column.replace(spelt_out(meaning.expression))


def is_spelt_out(column: exp.Column) -> bool:
    """Other engines know an alias only where it stands alone in ORDER BY or GROUP BY."""
    return not isinstance(column.parent, (exp.Ordered, exp.Group))


def spelt_out(node: exp.Expression) -> exp.Expression:
    return exp.paren(node) if isinstance(node, exp.Binary) else node.copy()


def name_subqueries(root: exp.Expression) -> None:
    """PostgreSQL before 16 wants a name for each query in FROM."""
    unnamed = [node for node in root.find_all(exp.Subquery) if isinstance(node.parent, (exp.From, exp.Join)) and not node.alias]
    for at, node in enumerate(unnamed, start=1):
        name = "rows" if len(unnamed) == 1 else f"rows_{at}"
        node.set("alias", exp.TableAlias(this=exp.to_identifier(name)))


def write_names(root: exp.Expression, target: str) -> None:
    """PostgreSQL's tables are made with names in lower case, so that they need quotes as seldom as possible."""
    for identifier in root.find_all(exp.Identifier):
        name = identifier.this.lower() if target == "postgres" else identifier.this
        identifier.set("this", name)
        identifier.set("quoted", not PLAIN.fullmatch(name) or name.lower() in RESERVED)
