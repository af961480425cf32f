/** Which columns each document is about, so that retrieval can be measured by what it found. */
import type { Catalog, ColumnReference, Table } from '../data/catalog.js'
import { relationshipDocument } from './documents.js'
import { columnGroupDocuments, columnGroups, tableDocument } from './table-documents.js'

/** By document id; a table's document is about all of its columns, patterns and examples about none. */
export function documentColumns(catalog: Catalog): ReadonlyMap<string, readonly ColumnReference[]> {
  return new Map([
    ...catalog.tables.flatMap(columnsOfTable),
    ...catalog.relationships.map(
      (relationship) =>
        [relationshipDocument(relationship).id, [relationship.from, relationship.to]] as const,
    ),
  ])
}

function columnsOfTable(table: Table): readonly (readonly [string, readonly ColumnReference[]])[] {
  const refer = ({ name }: { readonly name: string }) => ({ table: table.name, column: name })
  const groups = columnGroups(table)
  return [
    [tableDocument(table).id, table.columns.map(refer)],
    ...columnGroupDocuments(table).map(
      ({ id }, at) => [id, (groups[at] ?? []).map(refer)] as const,
    ),
    ...table.columns.map(
      (column) => [`values:${table.name}.${column.name}`, [refer(column)]] as const,
    ),
  ]
}
