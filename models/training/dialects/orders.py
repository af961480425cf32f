"""ORDER BY after DISTINCT and after set operations, and where rows without a value go."""

from __future__ import annotations

from sqlglot import exp

from .scope import Scopes


def complete_orders(root: exp.Expression, scopes: Scopes) -> None:
    for query in list(root.find_all(exp.SetOperation)):
        order = query.args.get("order")
        if order:
            order_members(query, order)
    for select in list(root.find_all(exp.Select)):
        order = select.args.get("order")
        if order and select.args.get("distinct") and not select.args.get("group"):
            order_distinct(select, order, scopes)


def order_members(query: exp.SetOperation, order: exp.Order) -> None:
    """After a set operation rows are ordered by columns of the result: by name, or by place."""
    first = query.selects
    names = [item.alias_or_name.lower() for item in first]
    texts = [item.unalias().sql().lower() for item in first]
    for ordered in order.expressions:
        key = ordered.this
        if isinstance(key, exp.Column):
            key.set("table", None)
            if key.name.lower() in names:
                continue
        text = key.sql().lower()
        if text in texts:
            key.replace(exp.Literal.number(texts.index(text) + 1))


def order_distinct(select: exp.Select, order: exp.Order, scopes: Scopes) -> None:
    """DISTINCT ordered by what is not selected becomes GROUP BY: of equal rows the first one counts."""
    items = [item.unalias() for item in select.expressions]
    names = {item.alias.lower() for item in select.expressions if isinstance(item, exp.Alias)}
    shown = {meaning_text(item, scopes) for item in items}

    def is_shown(key: exp.Expression) -> bool:
        return meaning_text(key, scopes) in shown or (isinstance(key, exp.Column) and not key.table and key.name.lower() in names)

    hidden = [ordered for ordered in order.expressions if not is_shown(ordered.this)]
    if not hidden or any(item.find(exp.AggFunc, exp.Star) for item in items):
        return
    select.set("distinct", None)
    select.set("group", exp.Group(expressions=[item.copy() for item in items]))
    for ordered in hidden:
        end = exp.Max if ordered.args.get("desc") else exp.Min
        ordered.this.replace(end(this=ordered.this.copy()))


def meaning_text(node: exp.Expression, scopes: Scopes) -> str:
    meaning = scopes.resolve(node) if isinstance(node, exp.Column) else None
    return f"{meaning.source}.{meaning.name}" if meaning else node.sql().lower()


def place_nulls(root: exp.Expression, scopes: Scopes, target: str) -> None:
    """SQLite has NULL below every value. Nothing is said about keys that are never NULL, which are nearly all."""
    for ordered in root.find_all(exp.Ordered):
        if not isinstance(ordered.parent.parent, exp.ArrayAgg) and never_null(ordered.this, scopes):
            ordered.set("nulls_first", bool(ordered.args.get("desc")) if target == "postgres" else False)


def never_null(key: exp.Expression, scopes: Scopes, depth: int = 0) -> bool:
    if isinstance(key, (exp.Count, exp.Literal)):
        return True
    if depth > 5:
        return False
    if isinstance(key, (exp.Min, exp.Max, exp.Sum, exp.Avg, exp.Anonymous, exp.Paren, exp.Alias)):
        inner = key.this if isinstance(key.this, exp.Expression) else (key.expressions or [None])[0]
        return inner is not None and never_null(inner, scopes, depth + 1)
    if not isinstance(key, exp.Column):
        return False
    meaning = scopes.resolve(key)
    if meaning is None:
        return False
    if meaning.column is None:
        return meaning.expression is not None and never_null(meaning.expression, scopes, depth + 1)
    select = key.find_ancestor(exp.Select)
    is_outer = select is not None and any(join.side for join in select.args.get("joins") or [])
    return not meaning.column.nulls and not is_outer
