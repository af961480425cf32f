/** Reads SQL a second time, by an engine of the test's own: what it is and what it touches. */
import { type DuckDBConnection, DuckDBInstance, StatementType } from '@duckdb/node-api'

export interface SecondReader {
  /** Why the SQL should not have run; undefined when it is one SELECT over `tables` and harmless functions. */
  objection(sql: string, tables: readonly string[]): Promise<string | undefined>
  close(): void
}

/** Not the product's lists: these name what reaches beyond the tables, nothing else. */
const reaching =
  /^(read_.*|glob|sniff_csv|query|query_table|getenv|getvariable|current_query|current_setting|duckdb_.*|pragma_.*|parquet_.*|json_execute.*|json_serialize.*|enable_.*|disable_.*|pg_(?!typeof).*|sleep_ms|nextval|write_log|which_secret|force_checkpoint|checkpoint)$/

export async function secondReader(): Promise<SecondReader> {
  const instance = await DuckDBInstance.create(':memory:')
  const connection = await instance.connect()
  return {
    objection: async (sql, tables) =>
      (await manyStatements(connection, sql)) ?? objectionTo(await treeOf(connection, sql), tables),
    close: () => {
      connection.closeSync()
      instance.closeSync()
    },
  }
}

async function manyStatements(connection: DuckDBConnection, sql: string) {
  const { count } = await connection.extractStatements(sql)
  return count === 1 ? undefined : `it is ${count} statements`
}

/** DuckDB writes only SELECT as JSON. */
async function treeOf(connection: DuckDBConnection, sql: string): Promise<unknown> {
  const prepared = await connection.prepare('SELECT json_serialize_sql($1::VARCHAR)')
  if (prepared.statementType !== StatementType.SELECT) throw new Error('The reader is broken.')
  prepared.bindVarchar(1, sql)
  const rows = (await prepared.runAndReadAll()).getRows()
  return JSON.parse(String(rows[0]?.[0]))
}

function objectionTo(tree: unknown, tables: readonly string[]): string | undefined {
  const nodes = [...nodesOf(tree)]
  if (nodes.some(({ error }) => error === true)) return 'it is no SELECT'
  const common = nodes.flatMap(({ cte_map }) => commonNames(cte_map))
  const known = new Set([...tables, ...common].map((name) => name.toLowerCase()))
  for (const { type, table_name, schema_name, function_name } of nodes) {
    if (type === 'BASE_TABLE' && !known.has(String(table_name).toLowerCase())) {
      return `it reads ${schema_name}.${table_name}`
    }
    if (typeof function_name === 'string' && reaching.test(function_name.toLowerCase())) {
      return `it calls ${function_name}`
    }
  }
  return undefined
}

function commonNames(map: unknown): readonly string[] {
  const entries = (map as { readonly map?: readonly { readonly key: string }[] } | undefined)?.map
  return (entries ?? []).map(({ key }) => key)
}

function* nodesOf(value: unknown): Generator<Readonly<Record<string, unknown>>> {
  if (Array.isArray(value)) for (const each of value) yield* nodesOf(each)
  else if (value !== null && typeof value === 'object') {
    yield value as Readonly<Record<string, unknown>>
    yield* nodesOf(Object.values(value))
  }
}
