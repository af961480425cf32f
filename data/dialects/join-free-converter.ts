/** Converts by our own tree: the query made join-free, completed over the keys, and written for the engine. */
import { roundTrip } from '../join-free/round-trip.js'
import { introspectSqlite } from '../sqlite/introspect.js'
import type { TargetDialect } from './dialect-engine.js'
import { inTargetNames } from './in-target-names.js'
import type { QueryConverter } from './query-converter.js'

export function openJoinFreeConverter(target: TargetDialect): QueryConverter {
  return {
    async convert({ path }, queries) {
      const catalog = inTargetNames(await introspectSqlite(path), target)
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
