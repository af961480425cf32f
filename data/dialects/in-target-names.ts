/** A catalog as it is named in the engine converted to. */
import type { Catalog } from '../catalog.js'
import type { TargetDialect } from './dialect-engine.js'

/** PostgreSQL's tables are made with names in lower case, which need no quotes there. */
export function inTargetNames(catalog: Catalog, dialect: TargetDialect): Catalog {
  if (dialect !== 'postgres') return { ...catalog, dialect }
  const tables = catalog.tables.map((table) => ({
    ...table,
    name: table.name.toLowerCase(),
    primaryKey: table.primaryKey.map((name) => name.toLowerCase()),
    columns: table.columns.map((column) => ({ ...column, name: column.name.toLowerCase() })),
  }))
  const relationships = catalog.relationships.map(({ from, to, further, ...rest }) => ({
    ...rest,
    from: { table: from.table.toLowerCase(), column: from.column.toLowerCase() },
    to: { table: to.table.toLowerCase(), column: to.column.toLowerCase() },
    ...(further && {
      further: further.map((pair) => ({
        from: pair.from.toLowerCase(),
        to: pair.to.toLowerCase(),
      })),
    }),
  }))
  return { ...catalog, dialect, tables, relationships }
}
