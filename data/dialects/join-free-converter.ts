/** Converts by our own tree: the query made join-free, completed over the keys, and written for the engine. */
import type { Catalog } from '../catalog.js'
import { roundTrip } from '../join-free/round-trip.js'
import { introspectSqlite } from '../sqlite/introspect.js'
import type { TargetDialect } from './dialect-engine.js'
import type { QueryConverter } from './query-converter.js'

export function openJoinFreeConverter(target: TargetDialect): QueryConverter {
  return {
    async convert({ path }, queries) {
      const catalog = forTarget(await introspectSqlite(path), target)
      return queries.map((query) => {
        const said = roundTrip(query, catalog)
        return said.ok
          ? { ok: true, sql: said.sql, anyRow: false }
          : { ok: false, message: said.message }
      })
    },
    close: () => Promise.resolve(),
  }
}

/** PostgreSQL's tables are made with names in lower case. */
function forTarget(catalog: Catalog, dialect: TargetDialect): Catalog {
  if (dialect !== 'postgres') return { ...catalog, dialect }
  const lower = JSON.parse(
    JSON.stringify({ tables: catalog.tables, relationships: catalog.relationships }),
    (key, value) => (isName(key) && typeof value === 'string' ? value.toLowerCase() : value),
  ) as Pick<Catalog, 'tables' | 'relationships'>
  const tables = lower.tables.map((table) => ({
    ...table,
    primaryKey: table.primaryKey.map((name) => name.toLowerCase()),
  }))
  return { ...lower, tables, dialect, version: catalog.version }
}

function isName(key: string): boolean {
  return ['name', 'table', 'column', 'from', 'to'].includes(key)
}
