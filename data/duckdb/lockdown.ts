/** Opens a DuckDB file so that SQL can do no more than read its tables. */
import { type DuckDBConnection, DuckDBInstance } from '@duckdb/node-api'

/** The names a locked database answers to, read before it was locked. */
export interface LockedDatabase {
  readonly instance: DuckDBInstance
  /** Column names by table or view of the schema `main`. */
  readonly columnsByTable: ReadonlyMap<string, readonly string[]>
  /** Lower-case names of macros the file defines; they may hide built-in functions. */
  readonly macros: ReadonlySet<string>
}

const sharedOptions = {
  autoload_known_extensions: 'false',
  autoinstall_known_extensions: 'false',
  allow_community_extensions: 'false',
  allow_unsigned_extensions: 'false',
  allow_persistent_secrets: 'false',
  allow_unredacted_secrets: 'false',
} as const

/** Rejects when the file is missing, damaged or locked by a writer. */
export async function openLockedDatabase(
  path: string,
  limits: { readonly memoryMegabytes: number; readonly threads: number },
): Promise<LockedDatabase> {
  // DuckDB refuses the temporary folder's option once external access is off: the order matters.
  const instance = await DuckDBInstance.create(path, {
    temp_directory: '',
    access_mode: 'READ_ONLY',
    ...sharedOptions,
    memory_limit: `${limits.memoryMegabytes}MB`,
    threads: String(limits.threads),
    enable_external_access: 'false',
  })
  try {
    const boot = await instance.connect()
    const columnsByTable = await readColumns(boot)
    const macros = await readMacros(boot)
    await lock(boot)
    boot.closeSync()
    return { instance, columnsByTable, macros }
  } catch (error) {
    instance.closeSync()
    throw error
  }
}

/** An engine without data, for reading SQL text alone. */
export async function openLockedParser(): Promise<DuckDBInstance> {
  const instance = await DuckDBInstance.create(':memory:', {
    temp_directory: '',
    ...sharedOptions,
    memory_limit: '256MB',
    threads: '1',
    enable_external_access: 'false',
  })
  const boot = await instance.connect()
  await lock(boot)
  boot.closeSync()
  return instance
}

/** External access off still leaves the database's own file writable; this closes it. Locking comes last. */
async function lock(connection: DuckDBConnection): Promise<void> {
  await connection.run("SET disabled_filesystems = 'LocalFileSystem'")
  await connection.run('SET lock_configuration = true')
}

async function readColumns(
  connection: DuckDBConnection,
): Promise<ReadonlyMap<string, readonly string[]>> {
  const reader = await connection.runAndReadAll(
    `SELECT table_name, column_name FROM duckdb_columns()
     WHERE NOT internal AND schema_name = 'main' AND database_name = current_database()
     ORDER BY table_name, column_index`,
  )
  const columns = new Map<string, string[]>()
  for (const [table, column] of reader.getRows()) {
    const known = columns.get(String(table)) ?? []
    columns.set(String(table), [...known, String(column)])
  }
  return columns
}

async function readMacros(connection: DuckDBConnection): Promise<ReadonlySet<string>> {
  const reader = await connection.runAndReadAll(
    'SELECT DISTINCT lower(function_name) FROM duckdb_functions() WHERE NOT internal',
  )
  return new Set(reader.getRows().map(([name]) => String(name)))
}
