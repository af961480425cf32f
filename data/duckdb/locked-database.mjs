/**
 * Opens a DuckDB file so that SQL can do no more than read its tables. Plain JavaScript: it runs in the process that is
 * made for it.
 */
import { DuckDBInstance } from '@duckdb/node-api'

const sharedOptions = {
  autoload_known_extensions: 'false',
  autoinstall_known_extensions: 'false',
  allow_community_extensions: 'false',
  allow_unsigned_extensions: 'false',
  allow_persistent_secrets: 'false',
  allow_unredacted_secrets: 'false',
}

/** Rejects when the file is missing, damaged or locked by a writer. */
export async function openLockedDatabase({ path, memoryMegabytes, threads, policy }) {
  if (policy) return openFilteredDatabase({ path, memoryMegabytes, threads, policy })
  // DuckDB refuses the temporary folder's option once external access is off: the order matters.
  const options = {
    temp_directory: '',
    access_mode: 'READ_ONLY',
    ...sharedOptions,
    memory_limit: `${memoryMegabytes}MB`,
    threads: String(threads),
    enable_external_access: 'false',
  }
  return lock(await DuckDBInstance.create(path, options))
}

/** A name that no one else gives to a database; SQL that a guard lets through cannot name any. */
const fileAlias = '"parley: file"'

/**
 * A database in memory that holds nothing but a view of each table in `policy`, with the rows that fulfil its condition.
 * Whatever SQL names is looked up there; the file's own tables have a name that the guard lets nobody write.
 */
async function openFilteredDatabase({ path, memoryMegabytes, threads, policy }) {
  const instance = await DuckDBInstance.create(':memory:', {
    temp_directory: '',
    ...sharedOptions,
    memory_limit: `${memoryMegabytes}MB`,
    threads: String(threads),
  })
  try {
    const connection = await instance.connect()
    await connection.run(`ATTACH ${quoted(path, "'")} AS ${fileAlias} (READ_ONLY)`)
    await connection.run('SET enable_external_access = false')
    const tables = await columnsOfFile(connection)
    for (const [name, condition] of Object.entries(policy)) {
      const table = [...tables.keys()].find((key) => key.toLowerCase() === name.toLowerCase())
      if (table === undefined)
        throw new Error(`The row policy names a table that is not there: ${name}.`)
      await connection.run(filteredView(table, tables.get(table), condition))
    }
    connection.closeSync()
  } catch (error) {
    instance.closeSync()
    throw error
  }
  return lock(instance)
}

async function columnsOfFile(connection) {
  const reader = await connection.runAndReadAll(
    `SELECT table_name, column_name, data_type FROM duckdb_columns()
     WHERE database_name = 'parley: file' AND schema_name = 'main' ORDER BY table_name, column_index`,
  )
  const columns = new Map()
  for (const [table, column, type] of reader.getRows()) {
    columns.set(table, [...(columns.get(table) ?? []), [column, type]])
  }
  return columns
}

/**
 * The type of an enumeration lists values that other rows have, so it becomes text. The limit keeps the user's conditions
 * from being tried before the policy's, on rows that are not the user's, which an error would tell of: nothing passes a
 * limit. (DuckDB 1.5.6 kept the order without it in all that we tried, but promises nothing.) A row on which the condition
 * itself fails is not shown, nor is the error, which would tell of that row.
 */
function filteredView(table, columns, condition) {
  const name = quoted(table, '"')
  const shown = columns.map(([column, type]) => {
    const own = quoted(column, '"')
    return /ENUM\(/.test(type) ? `${own}::VARCHAR AS ${own}` : own
  })
  return `CREATE VIEW main.${name} AS SELECT ${shown.join(', ')} FROM ${fileAlias}.main.${name}
    WHERE TRY((${condition}\n)::BOOLEAN) LIMIT 9223372036854775807`
}

function quoted(text, mark) {
  return `${mark}${text.replaceAll(mark, mark + mark)}${mark}`
}

/** An engine without data, for reading SQL text alone. */
export async function openLockedParser() {
  const options = {
    temp_directory: '',
    ...sharedOptions,
    memory_limit: '256MB',
    threads: '1',
    enable_external_access: 'false',
  }
  return lock(await DuckDBInstance.create(':memory:', options))
}

/** External access off still leaves the database's own file writable; this closes it. Locking comes last. */
async function lock(instance) {
  try {
    const connection = await instance.connect()
    await connection.run("SET disabled_filesystems = 'LocalFileSystem'")
    await connection.run('SET lock_configuration = true')
    connection.closeSync()
    return instance
  } catch (error) {
    instance.closeSync()
    throw error
  }
}
