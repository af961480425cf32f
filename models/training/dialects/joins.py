"""Joins as the standard has them: a condition only for joins that have one, and only over tables already named."""

from __future__ import annotations

from sqlglot import exp

from .scope import Scope, Scopes


def complete_joins(root: exp.Expression, scopes: Scopes) -> None:
    for select in list(root.find_all(exp.Select)):
        joins = select.args.get("joins") or []
        if joins and not any(join.side for join in joins):
            move_conditions(joins, scopes.scope(select))
        for join in joins:
            # sqlglot reads a join that has no condition as one that always holds.
            if join.args.get("on") in (None, exp.true()) and not join.args.get("using") and join.method != "NATURAL":
                complete_join(join)


def complete_join(join: exp.Join) -> None:
    if join.side:
        join.set("on", exp.true())
    else:
        join.set("on", None)
        join.set("kind", "CROSS")


def move_conditions(joins: list[exp.Join], scope: Scope) -> None:
    """SQLite lets a condition name a table that is joined after it; it goes to that join."""
    order = {name: at for at, name in enumerate(scope.sources)}
    # The first source stands after FROM, so a join's place among the sources is one more than among the joins.
    for at, join in enumerate(joins):
        condition = join.args.get("on")
        if condition is None:
            continue
        latest = last_source(condition, scope, order) - 1
        if latest <= at or latest >= len(joins):
            continue
        join.set("on", None)
        joins[latest].on(condition, copy=False)


def last_source(condition: exp.Expression, scope: Scope, order: dict[str, int]) -> int:
    found = [scope.resolve_here(column) for column in condition.find_all(exp.Column)]
    return max((order[meaning.source] for meaning in found if meaning), default=0)
