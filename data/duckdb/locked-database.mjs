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
export async function openLockedDatabase({ path, memoryMegabytes, threads }) {
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
