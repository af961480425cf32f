/** The columns and tables that SQL reads, however it names them. */
import { type Catalog, type ColumnReference, findColumn, findTable } from '../../data/catalog.js'
import { JoinFreeError } from '../../data/join-free/join-free-error.js'
import { mapNames } from '../../data/join-free/map-names.js'
import { readQuery } from '../../data/join-free/read-query.js'
import { isSameColumn } from '../../data/join-free/replace-columns.js'
import { readTokens } from '../../data/join-free/sql-tokens.js'
import { type NameNode, readNodes } from '../../data/join-free/sql-tree.js'
import { readSqlShape } from '../text/read-sql-shape.js'
import type { SqlShape } from '../text/sql-shape.js'

export interface ColumnsRead {
  /** In the order of the SQL, as the catalog writes them. */
  readonly columns: readonly ColumnReference[]
  readonly tables: readonly string[]
}

/** Undefined for what cannot be read as one query. */
export function columnsRead(sql: string, catalog: Catalog): ColumnsRead | undefined {
  const shape = readSqlShape(sql)
  if (!shape) return undefined
  const tables = tablesByName(shape, catalog)
  const columns: ColumnReference[] = []
  const note = (node: NameNode) => {
    const column = columnOf(node, tables, catalog)
    if (column && !columns.some((known) => isSameColumn(known, column))) columns.push(column)
    return node
  }
  try {
    mapNames(readQuery(readNodes(readTokens(sql)).filter(isNoSemicolon)), note)
  } catch (error) {
    if (error instanceof JoinFreeError) return undefined
    throw error
  }
  return { columns, tables: [...new Set(tables.values())] }
}

function isNoSemicolon(node: { readonly type: string; readonly text?: string }): boolean {
  return node.type !== 'text' || node.text !== ';'
}

/** Tables of the catalog by each name that the SQL calls them, in lower case. */
function tablesByName(shape: SqlShape, catalog: Catalog): ReadonlyMap<string, string> {
  const names = new Map<string, string>()
  const read = ({ common, selects }: SqlShape): void => {
    for (const { query } of common) read(query)
    for (const { sources } of selects) {
      for (const { table, query, alias } of sources) {
        if (query) read(query)
        const known = findTable(catalog, table?.split('.').at(-1) ?? '')?.name
        if (known) names.set((alias ?? known).toLowerCase(), known)
      }
    }
  }
  read(shape)
  return names
}

function columnOf(
  { parts }: NameNode,
  tables: ReadonlyMap<string, string>,
  catalog: Catalog,
): ColumnReference | undefined {
  const column = parts.at(-1)?.name ?? ''
  const named = tables.get(parts.at(-2)?.name.toLowerCase() ?? '')
  const places = parts.length > 1 ? (named ? [named] : []) : [...new Set(tables.values())]
  const found = places.flatMap((table) => {
    const known = findColumn(catalog, { table, column })
    return known ? [{ table, column: known.name }] : []
  })
  return found.length === 1 ? found[0] : undefined
}
