"""Which column of which table a name means, by SQLite's rules."""

from __future__ import annotations

from dataclasses import dataclass, field

from sqlglot import exp

from .schema import Column, Schema, Table

Source = Table | exp.Query


@dataclass(frozen=True)
class Meaning:
    """A stored column, or an expression that a nested query or the same select gives a name."""

    source: str
    name: str
    column: Column | None = None
    expression: exp.Expression | None = None


@dataclass
class Scope:
    """The sources that names in one select may come from; those of `outer` as well when nothing here has the name."""

    select: exp.Select
    sources: dict[str, Source] = field(default_factory=dict)
    outer: Scope | None = None

    def resolve(self, column: exp.Column) -> Meaning | None:
        here = self.resolve_here(column)
        if here is not None or self.outer is None:
            return here
        return self.outer.resolve(column)

    def resolve_here(self, column: exp.Column) -> Meaning | None:
        """Among this select's own sources."""
        name, table = column.name.lower(), column.table.lower()
        for source_name, source in self.sources.items():
            if table and source_name != table:
                continue
            found = find_in(source_name, source, name)
            if found is not None:
                return found
        return None

    def alias(self, name: str) -> exp.Expression | None:
        """What this select gives the name with AS."""
        for item in self.select.expressions:
            if isinstance(item, exp.Alias) and item.alias.lower() == name.lower():
                return item.this
        return None


class Scopes:
    """The scopes of all selects of one statement."""

    def __init__(self, root: exp.Expression, schema: Schema) -> None:
        self.schema = schema
        self.known: dict[int, Scope] = {}
        self.common = {cte.alias.lower(): cte.this for cte in root.find_all(exp.CTE)}
        # From the outermost in.
        for select in root.find_all(exp.Select, bfs=True):
            self.scope(select)

    def scope(self, select: exp.Select) -> Scope:
        """Read once; of a select that came in as a copy when it is first asked for."""
        if id(select) not in self.known:
            self.known[id(select)] = self.read(select)
        return self.known[id(select)]

    def of(self, node: exp.Expression) -> Scope | None:
        """The scope a node stands in: of its nearest select, and of the first one in what orders a union."""
        parent = node.parent
        while parent is not None and not isinstance(parent, exp.Query):
            parent = parent.parent
        if isinstance(parent, exp.Subquery):
            return self.of(parent)
        while isinstance(parent, exp.SetOperation):
            parent = parent.this.unnest()
        return self.scope(parent) if isinstance(parent, exp.Select) else None

    def resolve(self, column: exp.Column) -> Meaning | None:
        """None for what is no column: a text in double quotes, as a rule."""
        scope = self.of(column)
        if scope is None:
            return None
        meaning = scope.resolve(column)
        if meaning is None and not column.table:
            named = scope.alias(column.name)
            if named is not None:
                return Meaning("", column.name.lower(), expression=named)
        return meaning

    def read(self, select: exp.Select) -> Scope:
        outer = select.parent_select
        scope = Scope(select, outer=self.scope(outer) if outer is not None else None)
        for source in sources_of(select):
            if isinstance(source, exp.Subquery):
                scope.sources[source.alias.lower() or f"#{len(scope.sources)}"] = source.unnest()
            elif isinstance(source, exp.Table):
                name = source.name.lower()
                meant = self.common.get(name) or self.schema.get(name)
                if meant is not None:
                    scope.sources[(source.alias or source.name).lower()] = meant
        return scope


def sources_of(select: exp.Select) -> list[exp.Expression]:
    """What stands after FROM and JOIN, in order."""
    start = select.args.get("from_")
    joins = select.args.get("joins") or []
    return [part.this for part in ([start] if start else []) + joins]


def find_in(source_name: str, source: Source, name: str) -> Meaning | None:
    if isinstance(source, Table):
        column = source.columns.get(name)
        return Meaning(source_name, name, column=column) if column else None
    for item in source.selects:
        if item.alias_or_name.lower() == name:
            return Meaning(source_name, name, expression=item.unalias())
    return None
