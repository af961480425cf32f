/** Asks the server which names its database knows. */
import type { KnownNames } from './known-names.js'
import type { Session } from './sessions.js'

/** Of the tables and views that the user may read, as the server lists what may be read alone. */
export async function readKnownNames(session: Session): Promise<KnownNames> {
  const { rows: settings } = await session.run('SELECT DATABASE(), @@lower_case_table_names')
  const [[database, lowerCase] = []] = settings.map((row) => row.map(String))
  const { rows } = await session.run(
    `SELECT c.TABLE_NAME, c.COLUMN_NAME FROM information_schema.COLUMNS c
     WHERE c.TABLE_SCHEMA = DATABASE() AND c.PRIVILEGES LIKE '%select%'
     ORDER BY c.TABLE_NAME, c.ORDINAL_POSITION`,
  )
  const tables = new Map<string, string[]>()
  for (const [table, column] of rows.map((row) => row.map(String))) {
    const columns = tables.get(table ?? '') ?? []
    columns.push(column ?? '')
    tables.set(table ?? '', columns)
  }
  return { database: database ?? '', tables, countsCase: lowerCase === '0' }
}
