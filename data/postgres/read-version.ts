/** Short texts that change when tables or rows do, from what the server counts anyway. */
import type { DataVersion } from '../servers/server-engine.js'
import { shortDigest } from '../servers/short-digest.js'
import { ownSchemas } from './own-tables.js'
import type { Session } from './sessions.js'

/**
 * Some milliseconds for a few hundred tables; no table is read. The server counts up to some seconds late. What it cannot
 * see: rows of foreign tables, and on a standby all rows, as those are counted on the first server alone. Rows that were
 * written and rolled back count, and so does a reset of the statistics.
 */
export async function readVersion(session: Session): Promise<DataVersion> {
  const { rows } = await session.run(
    `SELECT
       string_agg(concat_ws(' ', c.oid, c.xmin, a.changes), ',' ORDER BY c.oid),
       string_agg(concat_ws(' ', c.relfilenode, pg_stat_get_tuples_inserted(c.oid),
         pg_stat_get_tuples_updated(c.oid), pg_stat_get_tuples_deleted(c.oid)), ',' ORDER BY c.oid)
     FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
     LEFT JOIN (SELECT attrelid, sum(xmin::text::bigint) AS changes FROM pg_attribute GROUP BY 1) a
       ON a.attrelid = c.oid
     WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f') AND ${ownSchemas}`,
  )
  const [[shape, counts] = []] = rows
  return { shape: shortDigest(shape ?? ''), rows: shortDigest(counts ?? '') }
}
