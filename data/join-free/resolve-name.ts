/** Checks a dotted name against the catalog and gives it the catalog's own spelling. */
import type { Catalog, Table } from '../catalog.js'
import { findColumn, findTable } from '../catalog.js'
import { JoinFreeError } from './join-free-error.js'
import { nearestNames } from './nearest-names.js'
import type { NameNode, SqlNode } from './sql-tree.js'

const hintCount = 5

export interface VisibleNames {
  readonly catalog: Catalog
  readonly commonTables: ReadonlySet<string>
  /** Lower-case visible names; absent values are sub-queries, common tables and functions. */
  readonly outer: ReadonlyMap<string, Table | undefined>
}

/** Throws a JoinFreeError with near names for a table or column that does not exist. */
export function resolveName(
  node: NameNode,
  next: SqlNode | undefined,
  names: VisibleNames,
): NameNode {
  const [first, second, ...rest] = withoutSchema(node, names.catalog).parts
  if (first === undefined || second === undefined) return node
  const name = first.name.toLowerCase()
  if (!names.outer.has(name)) {
    const isFunction = next?.type === 'group' && next.open === '('
    if (isFunction || isColumnOfVisible(name, names)) return node
    throw unknownTable(names.catalog, first.name)
  }
  const table = names.outer.get(name)
  if (table === undefined || second.name === '*') return node
  const column = findColumn(names.catalog, { table: table.name, column: second.name })
  if (column === undefined) throw unknownColumn(names.catalog, table, second.name)
  const shownTable = name === table.name.toLowerCase() ? { name: table.name, quoted: true } : first
  return { type: 'name', parts: [shownTable, { name: column.name, quoted: true }, ...rest] }
}

/** `main.stores.status` is `stores.status`. */
function withoutSchema(node: NameNode, catalog: Catalog): NameNode {
  const [schema, table] = node.parts
  const isSchema =
    node.parts.length > 2 &&
    table !== undefined &&
    findTable(catalog, schema?.name ?? '') === undefined &&
    findTable(catalog, table.name) !== undefined
  return isSchema ? { ...node, parts: node.parts.slice(1) } : node
}

/** `address.city` may be a field of a column; sub-queries may have any column. */
function isColumnOfVisible(name: string, { outer }: VisibleNames): boolean {
  return [...outer.values()].some(
    (table) =>
      table === undefined || table.columns.some((column) => column.name.toLowerCase() === name),
  )
}

export function unknownTable(catalog: Catalog, name: string): JoinFreeError {
  const tables = catalog.tables.map((table) => table.name)
  return new JoinFreeError(`There is no table "${name}".`, nearestNames(name, tables, hintCount))
}

function unknownColumn(catalog: Catalog, table: Table, name: string): JoinFreeError {
  const owners = catalog.tables.filter(({ columns }) =>
    columns.some((column) => column.name.toLowerCase() === name.toLowerCase()),
  )
  const own = nearestNames(
    name,
    table.columns.map((column) => column.name),
    hintCount,
  )
  const hints = [
    ...own.map((column) => `${table.name}.${column}`),
    ...owners.map((owner) => `${owner.name}.${name}`),
  ]
  return new JoinFreeError(
    `The table "${table.name}" has no column "${name}".`,
    hints.slice(0, hintCount),
  )
}
