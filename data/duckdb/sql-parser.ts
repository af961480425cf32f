/** Reads SQL with DuckDB's own parser on an engine that holds no data, so that nothing can run. */
import { denialReason } from '../guard/denied-functions.js'
import type { ParseSql } from '../guard/guard-sql.js'
import { openLockedParser } from './lockdown.js'

export interface SqlParser {
  readonly parse: ParseSql
  /** Lower-case names of built-in functions that compute on their arguments alone. */
  readonly functions: ReadonlySet<string>
  close(): void
}

const serialize = `SELECT json_serialize_sql($1::VARCHAR, skip_null := true, skip_empty := true)`
const listFunctions = `SELECT DISTINCT lower(function_name) FROM duckdb_functions()
  WHERE function_type IN ('scalar', 'aggregate', 'macro')`

/** Written like a function, but made by the parser and therefore on no list. */
const parserFunctions = ['unnest']

export async function openSqlParser(): Promise<SqlParser> {
  const instance = await openLockedParser()
  const connection = await instance.connect()
  const names = (await connection.runAndReadAll(listFunctions)).getRows().map(([name]) => `${name}`)
  return {
    async parse(sql) {
      const reader = await connection.runAndReadAll(serialize, [sql])
      return String(reader.getRows()[0]?.[0])
    },
    functions: new Set(
      [...names, ...parserFunctions].filter((name) => denialReason(name) === undefined),
    ),
    close() {
      connection.closeSync()
      instance.closeSync()
    },
  }
}
