"""Gives both sides of a comparison one type: SQLite converts by affinity where other engines refuse."""

from __future__ import annotations

import re

from sqlglot import exp

from .kinds import affinity_of, as_integer, as_text, is_number, kind_of, wrap
from .scope import Scopes

NUMBER = re.compile(r"\s*[-+]?(\d+\.?\d*|\.\d+)\s*")
WRITTEN = {
    "date": re.compile(r"\d{4}-\d{2}-\d{2}"),
    "timestamp": re.compile(r"\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2}"),
}
COMPARISONS = (exp.EQ, exp.NEQ, exp.LT, exp.LTE, exp.GT, exp.GTE)


def align_comparisons(root: exp.Expression, scopes: Scopes) -> None:
    for node in list(root.find_all(*COMPARISONS)):
        align(node.left, node.right, scopes)
    for node in list(root.find_all(exp.Between)):
        for end in ("low", "high"):
            align(node.this, node.args[end], scopes)
    for node in list(root.find_all(exp.In)):
        for value in list(node.expressions):
            align(node.this, value, scopes)
        align_query(node, scopes)
    for node in list(root.find_all(exp.SetOperation)):
        align_members(node, scopes)
    for node in list(root.find_all(exp.Like)):
        align_pattern(node, scopes)


def align(left: exp.Expression, right: exp.Expression, scopes: Scopes) -> None:
    """Replaces whichever side has to be written otherwise."""
    for value, literal in ((left, right), (right, left)):
        if is_text(literal):
            return align_text(value, literal, scopes)
        if is_number_literal(literal):
            return align_number(value, literal, scopes)
    kinds = kind_of(left, scopes), kind_of(right, scopes)
    if None in kinds or kinds[0] == kinds[1] or all(is_number(kind) for kind in kinds):
        return None
    for side, kind in zip((left, right), kinds, strict=True):
        if kind == "boolean" and all(other == "boolean" or is_number(other) for other in kinds):
            wrap(side, as_integer)
        elif kind != "text":
            wrap(side, as_text)
    return None


def align_text(value: exp.Expression, literal: exp.Expression, scopes: Scopes) -> None:
    kind, text = kind_of(value, scopes), literal.this
    if kind in (None, "text", "blob"):
        return
    if is_number(kind) and NUMBER.fullmatch(text):
        literal.replace(number_literal(text.strip()))
    elif kind == "boolean" and text in ("0", "1"):
        literal.replace(exp.Boolean(this=text == "1"))
    elif kind not in WRITTEN or not WRITTEN[kind].fullmatch(text):
        wrap(value, as_text)


def align_number(value: exp.Expression, literal: exp.Expression, scopes: Scopes) -> None:
    """A text column is compared as text, which is SQLite's way with a column declared as text."""
    kind = kind_of(value, scopes)
    written = literal.sql()
    if kind == "boolean" and written in ("0", "1") and not isinstance(value, exp.Predicate):
        literal.replace(exp.Boolean(this=written == "1"))
    elif kind == "text" and affinity_of(value, scopes) != "number":
        literal.replace(exp.Literal.string(written))
    elif kind == "text":
        wrap(value, lambda node: exp.cast(node, "DOUBLE", copy=False))
    elif kind in WRITTEN:
        wrap(value, as_text)
        literal.replace(exp.Literal.string(written))


def align_query(node: exp.In, scopes: Scopes) -> None:
    """IN over a nested query: both are texts when only one is."""
    query = node.args.get("query")
    if query is None:
        return
    query = query.unnest()
    if not query.selects:
        return
    kinds = kind_of(node.this, scopes), kind_of(query.selects[0], scopes)
    if None in kinds or kinds[0] == kinds[1] or all(is_number(kind) for kind in kinds):
        return
    if kinds[0] != "text":
        wrap(node.this, as_text)
    if kinds[1] != "text":
        for member in members_of(query):
            cast_item(member, 0)


def align_members(node: exp.SetOperation, scopes: Scopes) -> None:
    """Columns of UNION, INTERSECT and EXCEPT; members are selects or such operations again."""
    members = members_of(node)
    for at in range(min(len(member.selects) for member in members)):
        kinds = {kind_of(member.selects[at], scopes) for member in members}
        if None in kinds or len(kinds) == 1 or all(is_number(kind) for kind in kinds):
            continue
        for member in members:
            if kind_of(member.selects[at], scopes) != "text":
                cast_item(member, at)


def members_of(query: exp.Expression) -> list[exp.Select]:
    query = query.unnest()
    if isinstance(query, exp.SetOperation):
        return members_of(query.left) + members_of(query.right)
    return [query]


def cast_item(select: exp.Select, at: int) -> None:
    item = select.selects[at]
    inner = item.unalias()
    if isinstance(inner, exp.Star) or (isinstance(inner, exp.Cast) and inner.to.this in exp.DataType.TEXT_TYPES):
        return
    wrap(inner, as_text)


def align_pattern(node: exp.Like, scopes: Scopes) -> None:
    """SQLite's LIKE takes any value for text and ignores the case of letters."""
    if kind_of(node.this, scopes) not in (None, "text"):
        wrap(node.this, as_text)
    pattern = node.expression
    if is_number_literal(pattern):
        pattern.replace(exp.Literal.string(pattern.sql()))
    if not is_text(pattern) or re.search(r"[A-Za-z]", pattern.this):
        node.replace(exp.ILike(this=node.this, expression=node.expression))


def is_text(node: exp.Expression) -> bool:
    return isinstance(node, exp.Literal) and node.is_string


def is_number_literal(node: exp.Expression) -> bool:
    inner = node.this if isinstance(node, exp.Neg) else node
    return isinstance(inner, exp.Literal) and not inner.is_string


def number_literal(text: str) -> exp.Expression:
    bare = exp.Literal.number(text.lstrip("+-"))
    return exp.Neg(this=bare) if text.startswith("-") else bare
