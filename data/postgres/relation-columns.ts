/** The columns of the relations that a statement names: `row.name` reads a column where there is one, and else calls a function. */
import type { KnownTable } from './known-names.js'

type TreeNode = Readonly<Record<string, unknown>>

/** By the name that columns are read with; none where the columns of what is so called cannot be told. */
export type RelationColumns = ReadonlyMap<string, readonly (ReadonlySet<string> | undefined)[]>

/** Whether everything that is called `relation`, wherever in the statement, has the column. */
export function hasColumn(found: RelationColumns, relation: string, column: string): boolean {
  return found.get(relation)?.every((columns) => columns?.has(column)) ?? false
}

export function relationColumns(tree: object, tables: readonly KnownTable[]): RelationColumns {
  const found = new Map<string, (ReadonlySet<string> | undefined)[]>()
  const add = (name: unknown, columns: readonly string[] | undefined) => {
    if (typeof name !== 'string') return
    found.set(name, [...(found.get(name) ?? []), columns && new Set(columns)])
  }
  const nodes = nodesOf(tree)
  const common = nodes.flatMap(({ CommonTableExpr }) => (CommonTableExpr ? [CommonTableExpr] : []))
  const columnsOf = (name: unknown) => [
    ...common.filter(({ ctename }) => ctename === name).map(commonColumns),
    ...tables.filter((table) => table.name === name).map(({ columns }) => columns),
  ]
  for (const { RangeVar, RangeSubselect, RangeFunction, JoinExpr } of nodes) {
    for (const columns of columnsOf(RangeVar?.relname)) {
      const { alias } = RangeVar as { alias?: Alias }
      add(alias?.aliasname ?? RangeVar?.relname, renamed(alias?.colnames, columns))
    }
    const { subquery, alias } = (RangeSubselect ?? {}) as { subquery?: TreeNode; alias?: Alias }
    add(alias?.aliasname, renamed(alias?.colnames, selectedNames(subquery?.SelectStmt as TreeNode)))
    for (const other of [RangeFunction?.alias, JoinExpr?.alias, JoinExpr?.join_using_alias]) {
      add((other as Alias | undefined)?.aliasname, undefined)
    }
  }
  return found
}

interface Alias {
  readonly aliasname?: string
  readonly colnames?: readonly TreeNode[]
}

type Nodes = Readonly<Record<string, TreeNode | undefined>>

/** Every object of the tree, outermost first. */
function nodesOf(tree: unknown): readonly Nodes[] {
  const all: Nodes[] = []
  const waiting = [tree]
  while (waiting.length > 0) {
    const value = waiting.pop()
    if (typeof value !== 'object' || value === null) continue
    if (!Array.isArray(value)) all.push(value as Nodes)
    waiting.push(...Object.values(value))
  }
  return all
}

function commonColumns({ aliascolnames, ctequery }: TreeNode): readonly string[] | undefined {
  const { SelectStmt } = (ctequery ?? {}) as { SelectStmt?: TreeNode }
  return renamed(aliascolnames as readonly TreeNode[] | undefined, selectedNames(SelectStmt))
}

/** An alias gives names to the first columns, one by one. */
function renamed(
  names: readonly TreeNode[] = [],
  columns: readonly string[] | undefined,
): readonly string[] | undefined {
  return columns && [...names.map(nameOf), ...columns.slice(names.length)]
}

/** Undefined where an asterisk stands for names. Expressions without a name get one that no column is asked for by. */
function selectedNames(select: TreeNode | undefined): readonly string[] | undefined {
  if (select?.larg !== undefined) return selectedNames(select.larg as TreeNode)
  const targets = (select?.targetList ?? []) as readonly { ResTarget?: TreeNode }[]
  const names = targets.map(({ ResTarget }) => {
    const fields = (ResTarget?.val as { ColumnRef?: TreeNode } | undefined)?.ColumnRef?.fields
    const last = (fields as readonly TreeNode[] | undefined)?.at(-1)
    return last && 'A_Star' in last ? undefined : String(ResTarget?.name ?? nameOf(last))
  })
  return names.every((name) => name !== undefined) ? names : undefined
}

function nameOf(node: TreeNode | undefined): string {
  return (node?.String as { sval?: string } | undefined)?.sval ?? ''
}
