"""Columns beside aggregates: SQLite takes them from some row of the group, other engines want to be told."""

from __future__ import annotations

from collections.abc import Iterator

from sqlglot import exp

from .schema import Table
from .scope import Scope, Scopes

# A column, by the source it comes from.
Key = tuple[str, str]
CLAUSES = ("having", "order")


def complete_groups(root: exp.Expression, scopes: Scopes, target: str) -> bool:
    """Whether some column had to be taken from the first row of its group, which is any row to SQLite."""
    any_row = False
    for select in list(root.find_all(exp.Select)):
        scope = scopes.scope(select)
        group = select.args.get("group")
        parts = [*select.expressions, *[part for name in CLAUSES if (part := select.args.get(name))]]
        if group is None and not any(part.find(exp.AggFunc) and own_aggregates(part) for part in parts):
            continue
        expand_stars(select, scope)
        grouping = Grouping(select, scope, target)
        grouping.complete()
        any_row = any_row or grouping.any_row
    return any_row


class Grouping:
    """One select that groups."""

    def __init__(self, select: exp.Select, scope: Scope, target: str) -> None:
        self.select, self.scope, self.target = select, scope, target
        self.group = select.args.get("group")
        self.written = [self.meant(key) for key in (self.group.expressions if self.group else [])]
        self.texts = {key.sql() for key in self.written}
        self.grouped = {key for key in map(self.key_of, self.written) if key}
        self.any_row = False
        self.decided = decided_by(self.grouped, select, scope)

    def complete(self) -> None:
        clauses = [part for name in CLAUSES if (part := self.select.args.get(name))]
        for part in [*self.select.expressions, *clauses]:
            for column in list(self.loose_columns(part)):
                self.settle(column)

    def meant(self, key: exp.Expression) -> exp.Expression:
        """What GROUP BY names by its place or by its alias."""
        if isinstance(key, exp.Literal) and not key.is_string:
            return self.select.expressions[int(key.this) - 1].unalias()
        if isinstance(key, exp.Column) and self.scope.resolve_here(key) is None:
            return self.scope.alias(key.name) or key
        return key

    def key_of(self, node: exp.Expression) -> Key | None:
        meaning = self.scope.resolve_here(node) if isinstance(node, exp.Column) else None
        return (meaning.source, meaning.name) if meaning else None

    def loose_columns(self, node: exp.Expression) -> Iterator[exp.Column]:
        """Of this select, outside aggregates and what is grouped by."""
        if isinstance(node, (exp.AggFunc, exp.Query)) or node.sql() in self.texts:
            return
        if isinstance(node, exp.Column):
            key = self.key_of(node)
            if key is not None and key not in self.grouped and not self.is_alias(node):
                yield node
            return
        for child in node.iter_expressions():
            yield from self.loose_columns(child)

    def is_alias(self, column: exp.Column) -> bool:
        """ORDER BY takes a bare name for what the select gives that name."""
        return (
            isinstance(column.parent, exp.Ordered)
            and not column.table
            and any(isinstance(item, exp.Alias) and item.alias.lower() == column.name.lower() for item in self.select.expressions)
        )

    def settle(self, column: exp.Column) -> None:
        key = self.key_of(column)
        if self.group is not None and key in self.decided:
            self.group.append("expressions", column.copy())
            self.grouped.add(key)
            return
        chosen = self.chosen_row(column)
        in_list = column.parent is self.select
        column.replace(exp.alias_(chosen, column.name) if in_list else chosen)

    def chosen_row(self, column: exp.Column) -> exp.Expression:
        """Of the row with the only MIN or MAX when there is one, else of the first row."""
        ends = [node for part in self.select.expressions for node in part.find_all(exp.Min, exp.Max) if own(node, self.select)]
        if len({node.sql() for node in ends}) == 1:
            end = ends[0]
            if self.target == "duckdb":
                name = "ARG_MAX" if isinstance(end, exp.Max) else "ARG_MIN"
                return exp.Anonymous(this=name, expressions=[column.copy(), end.this.copy()])
            ordered = exp.Ordered(this=end.this.copy(), desc=isinstance(end, exp.Max), nulls_first=False)
            return first_of(exp.Order(this=column.copy(), expressions=[ordered]))
        self.any_row = True
        if self.target == "duckdb":
            return exp.Anonymous(this="FIRST", expressions=[column.copy()])
        return first_of(column.copy())


def first_of(node: exp.Expression) -> exp.Expression:
    rows = exp.ArrayAgg(this=node, nulls_excluded=False)
    return exp.Bracket(this=exp.paren(rows, copy=False), expressions=[exp.Literal.number(1)], offset=1)


def own_aggregates(part: exp.Expression) -> bool:
    if isinstance(part, exp.AggFunc):
        return True
    return any(own_aggregates(child) for child in part.iter_expressions() if not isinstance(child, exp.Query))


def own(node: exp.Expression, select: exp.Select) -> bool:
    return node.find_ancestor(exp.Select) is select


def expand_stars(select: exp.Select, scope: Scope) -> None:
    """In a select that groups, each column is settled by itself."""
    items: list[exp.Expression] = []
    for item in select.expressions:
        whole = isinstance(item, exp.Star)
        if not whole and not (isinstance(item, exp.Column) and isinstance(item.this, exp.Star)):
            items.append(item)
            continue
        for name, source in scope.sources.items():
            if (whole or item.table.lower() == name) and isinstance(source, Table):
                items.extend(exp.column(column.name, table=name) for column in source.columns.values())
    select.set("expressions", items)


def decided_by(grouped: set[Key], select: exp.Select, scope: Scope) -> set[Key]:
    """Columns that have one value in each group, as keys, unique columns and equalities tell."""
    decided = set(grouped)
    equal = list(equalities(select, scope))
    while True:
        known = len(decided)
        for one, other in equal:
            if one in decided or other in decided:
                decided.update((one, other))
        for name, source in scope.sources.items():
            if isinstance(source, Table) and is_decided(name, source, decided):
                decided.update((name, column) for column in source.columns)
        if len(decided) == known:
            return decided


def is_decided(name: str, source: Table, decided: set[Key]) -> bool:
    if source.key and all((name, column) in decided for column in source.key):
        return True
    return any(column.unique and (name, key) in decided for key, column in source.columns.items())


def equalities(select: exp.Select, scope: Scope) -> Iterator[tuple[Key, Key]]:
    """Of columns, in conditions of inner joins and in WHERE, outside of OR."""
    joins = [join for join in select.args.get("joins") or [] if not join.side]
    where = select.args.get("where")
    conditions = [join.args["on"] for join in joins if join.args.get("on")] + ([where.this] if where else [])
    for condition in conditions:
        for part in condition.flatten() if isinstance(condition, exp.And) else [condition]:
            if not isinstance(part, exp.EQ) or not all(isinstance(side, exp.Column) for side in (part.left, part.right)):
                continue
            found = [scope.resolve_here(side) for side in (part.left, part.right)]
            if all(found):
                yield tuple((meaning.source, meaning.name) for meaning in found)
