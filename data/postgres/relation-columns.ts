/** The columns of the relations that a statement names: `row.name` reads a column where there is one, and else calls a function. */
import type { KnownTable } from './known-names.js'

type TreeNode = Readonly<Record<string, unknown>>

/** By the name that columns are read with, those that everything so called has; none where they cannot be told. */
export type RelationColumns = ReadonlyMap<string, ReadonlySet<string>>

const unknown: ReadonlySet<string> = new Set()

export function relationColumns(tree: object, tables: readonly KnownTable[]): RelationColumns {
  const found = new Map<string, ReadonlySet<string>>()
  const add = (name: string | undefined, columns: ReadonlySet<string>) => {
    if (name !== undefined) addShared(found, name, columns)
  }
  const nodes = nodesOf(tree)
  const columnsByName = namedColumns(nodes, tables)
  const seen = new Set<string>()
  for (const { RangeVar, RangeSubselect, RangeFunction, JoinExpr } of nodes) {
    const { relname, alias } = (RangeVar ?? {}) as { relname?: string; alias?: Alias }
    const called = `${relname}\n${alias?.aliasname}`
    // A statement may name one table ten thousand times.
    if (relname !== undefined && (alias?.colnames || !seen.has(called))) {
      const columns = columnsByName.get(relname) ?? unknown
      add(alias?.aliasname ?? relname, renamed(alias?.colnames, columns))
      seen.add(called)
    }
    const { subquery, alias: own } = (RangeSubselect ?? {}) as { subquery?: Query; alias?: Alias }
    add(own?.aliasname, renamed(own?.colnames, selectedNames(subquery?.SelectStmt)))
    for (const other of [RangeFunction?.alias, JoinExpr?.alias, JoinExpr?.join_using_alias]) {
      add((other as Alias | undefined)?.aliasname, unknown)
    }
  }
  return found
}

/** Of the tables that the statement names, and of its common tables. */
function namedColumns(nodes: readonly Nodes[], tables: readonly KnownTable[]): RelationColumns {
  const found = new Map<string, ReadonlySet<string>>()
  const named = new Set(nodes.map(({ RangeVar }) => RangeVar?.relname))
  for (const { name, columns } of tables) {
    if (named.has(name)) addShared(found, name, new Set(columns))
  }
  for (const { CommonTableExpr } of nodes) {
    if (!CommonTableExpr) continue
    const { ctename, aliascolnames, ctequery } = CommonTableExpr as {
      ctename?: string
      aliascolnames?: readonly TreeNode[]
      ctequery?: Query
    }
    addShared(found, ctename ?? '', renamed(aliascolnames, selectedNames(ctequery?.SelectStmt)))
  }
  return found
}

function addShared(
  found: Map<string, ReadonlySet<string>>,
  name: string,
  columns: ReadonlySet<string>,
): void {
  const before = found.get(name)
  const shared = before && new Set([...before].filter((column) => columns.has(column)))
  found.set(name, shared ?? columns)
}

interface Query {
  readonly SelectStmt?: TreeNode
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

/** An alias gives names to the first columns, one by one; what the others are called then is left open. */
function renamed(
  names: readonly TreeNode[] | undefined,
  columns: ReadonlySet<string>,
): ReadonlySet<string> {
  return names === undefined ? columns : new Set(names.map(nameOf))
}

/** Expressions without a name get one that no column is asked for by. */
function selectedNames(select: TreeNode | undefined): ReadonlySet<string> {
  if (select?.larg !== undefined) return selectedNames(select.larg as TreeNode)
  const targets = (select?.targetList ?? []) as readonly { ResTarget?: TreeNode }[]
  const names = targets.map(({ ResTarget }, at) => {
    const fields = (ResTarget?.val as { ColumnRef?: TreeNode } | undefined)?.ColumnRef?.fields
    const last = (fields as readonly TreeNode[] | undefined)?.at(-1)
    return last && 'A_Star' in last
      ? undefined
      : String(ResTarget?.name ?? (nameOf(last) || `\n${at}`))
  })
  return names.every((name) => name !== undefined) ? new Set(names) : unknown
}

function nameOf(node: TreeNode | undefined): string {
  return (node?.String as { sval?: string } | undefined)?.sval ?? ''
}
