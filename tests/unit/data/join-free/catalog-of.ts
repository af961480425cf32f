/** Builds a catalog from table and column names and keys written as `many.column > one.column`. */
import type { Catalog, ColumnReference } from '../../../../data/catalog.js'

export function catalogOf(
  tables: Readonly<Record<string, readonly string[]>>,
  keys: readonly string[],
): Catalog {
  return {
    dialect: 'duckdb',
    version: '1',
    tables: Object.entries(tables).map(([name, columns]) => ({
      name,
      primaryKey: [],
      rowCount: 1,
      columns: columns.map((column) => ({
        name: column,
        type: 'INTEGER',
        kind: 'number',
        nullable: true,
        unique: false,
        samples: [],
      })),
    })),
    relationships: keys.map((key) => {
      const [from = '', to = ''] = key.split(' > ')
      return { from: referenceOf(from), to: referenceOf(to), origin: 'declared' }
    }),
  }
}

function referenceOf(text: string): ColumnReference {
  const [table = '', column = ''] = text.split('.')
  return { table, column }
}
