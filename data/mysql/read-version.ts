/** Short texts that change when tables or rows do, from what the server keeps anyway. */
import type { DataVersion } from '../servers/server-engine.js'
import { shortDigest } from '../servers/short-digest.js'
import type { Session } from './sessions.js'

/**
 * Some milliseconds for a few hundred tables; no table is read. What it cannot see: rows of views over other servers, and
 * with some engines than InnoDB, MyISAM and Aria all rows. A restart of the server counts as a change. Rows show when
 * their transaction has ended.
 */
export async function readVersion(session: Session): Promise<DataVersion> {
  const { rows: tables } = await session.run(
    `SELECT TABLE_NAME, TABLE_TYPE, CREATE_TIME, TABLE_COMMENT, UPDATE_TIME, AUTO_INCREMENT
     FROM information_schema.TABLES WHERE TABLE_SCHEMA = DATABASE() ORDER BY 1`,
  )
  const { rows: columns } = await session.run(
    `SELECT TABLE_NAME, COLUMN_NAME, COLUMN_TYPE, IS_NULLABLE, COLUMN_KEY, COLUMN_COMMENT, PRIVILEGES
     FROM information_schema.COLUMNS WHERE TABLE_SCHEMA = DATABASE()
     ORDER BY TABLE_NAME, ORDINAL_POSITION`,
  )
  const texts = tables.map((row) => row.map(String))
  return {
    shape: shortDigest([texts.map((row) => row.slice(0, 4)), columns].flat(2).join('\n')),
    rows: shortDigest(texts.map((row) => row.slice(4)).join('\n')),
  }
}
