/** Writes a whole DuckDB file or none. */
import { randomUUID } from 'node:crypto'
import { mkdir, readdir, rename, rm } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
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
  await removeAbandoned(path)
  const temporary = `${path}.${process.pid}-${randomUUID()}.part`
  try {
    await write(temporary)
    await rename(temporary, path)
  } catch (error) {
    await rm(temporary, { force: true })
    await rm(`${temporary}.wal`, { force: true })
    throw error
  }
}

async function removeAbandoned(path: string): Promise<void> {
  const folder = dirname(path)
  const begun = (await readdir(folder)).filter((name) => name.startsWith(`${basename(path)}.`))
  const abandoned = begun.filter(isAbandoned).map((name) => join(folder, name))
  await Promise.all(abandoned.map((each) => rm(each, { recursive: true, force: true })))
}

/** Begun by a process that is no longer there: its id stands in the name. */
export function isAbandoned(name: string): boolean {
  const writer = /\.(\d+)-[0-9a-f-]+\.part/.exec(name)?.[1]
  return writer !== undefined && !isRunning(Number(writer))
}

function isRunning(processId: number): boolean {
  try {
    process.kill(processId, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
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
