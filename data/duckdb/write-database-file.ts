/** Writes a whole DuckDB file or none. */
import { randomUUID } from 'node:crypto'
import { mkdir, rename, rm } from 'node:fs/promises'
import { dirname } from 'node:path'
import { type DuckDBConnection, DuckDBInstance } from '@duckdb/node-api'

/** Leaves nothing behind when `fill` throws; an existing file stays untouched until then. */
export function writeDatabaseFile(
  path: string,
  fill: (connection: DuckDBConnection) => Promise<void>,
): Promise<void> {
  return replaceFile(path, (temporary) => fillFile(temporary, fill))
}

/** `write` gets a temporary name, which is renamed when the file there is complete. */
export async function replaceFile(
  path: string,
  write: (temporary: string) => Promise<void>,
): Promise<void> {
  await mkdir(dirname(path), { recursive: true })
  const temporary = `${path}.${randomUUID()}.part`
  try {
    await write(temporary)
    await rename(temporary, path)
  } catch (error) {
    await rm(temporary, { force: true })
    await rm(`${temporary}.wal`, { force: true })
    throw error
  }
}

async function fillFile(
  path: string,
  fill: (connection: DuckDBConnection) => Promise<void>,
): Promise<void> {
  const instance = await DuckDBInstance.create(path)
  try {
    const connection = await instance.connect()
    await fill(connection)
    await connection.run('CHECKPOINT')
    connection.closeSync()
  } finally {
    instance.closeSync()
  }
}
