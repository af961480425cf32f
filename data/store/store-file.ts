/** Opens the one SQLite file of what Parley keeps, in the form that this program knows. */
import { closeSync, existsSync, mkdirSync, openSync, renameSync, rmSync, statSync } from 'node:fs'
import { dirname } from 'node:path'
import Database from 'libsql'
import { migrations } from './migrations.js'
import { isDamage, StoreError, sqliteCodeOf, storeErrorOf } from './store-error.js'

/** How long a write waits for another process that is writing. */
const busyTimeoutMs = 5_000
/** Larger files are not read as a whole when they are opened: about half a second for this much. */
const maxCheckedBytes = 200_000_000
const ownerOnly = 0o600

export type StoreFile = Database.Database

/**
 * `FULL` waits until the disk has it, and with it everything that was written before; `NORMAL` survives the end of the
 * process, and of the machine only up to the last `FULL`. https://sqlite.org/pragma.html#pragma_synchronous
 */
export type Durability = 'FULL' | 'NORMAL'

/** With `onNotice`, a file that is no sound database is put aside, and a new one begun. Throws `StoreError`. */
export function openStoreFile(
  path: string,
  durability: Durability,
  onNotice?: (notice: string) => void,
): StoreFile {
  try {
    if (path !== ':memory:') prepareFile(path)
    const file = openSound(path) ?? (onNotice ? startAnew(path, onNotice) : refuseDamaged())
    return prepared(file, durability)
  } catch (error) {
    throw storeErrorOf(error) ?? error
  }
}

function prepared(file: StoreFile, durability: Durability): StoreFile {
  try {
    // What a user removes is gone from the disk, not just from the lists.
    file.exec(
      `PRAGMA synchronous = ${durability}; PRAGMA foreign_keys = ON; PRAGMA secure_delete = ON`,
    )
    migrateStore(file)
    return file
  } catch (error) {
    file.close()
    throw error
  }
}

/** The form of a file: how many migrations it has been through. */
export function storeVersion(file: StoreFile): number {
  return Number(cell(file, 'PRAGMA user_version'))
}

/** Runs `work` whole or not at all; an error of SQLite becomes a `StoreError`. */
export function inTransaction<Result>(file: StoreFile, work: () => Result): Result {
  try {
    file.exec('BEGIN IMMEDIATE')
    const result = work()
    file.exec('COMMIT')
    return result
  } catch (error) {
    throw rollBack(file, error)
  }
}

/** The error as it is to be thrown. */
export function rollBack(file: StoreFile, error: unknown): unknown {
  // On a full disk the engine may have ended the transaction itself.
  if (file.inTransaction) file.exec('ROLLBACK')
  return storeErrorOf(error) ?? error
}

/** Closing alone would leave the newest changes in the log beside the file. */
export function closeStoreFile(file: StoreFile): void {
  if (!file.open) return
  emptyLog(file, busyTimeoutMs)
  file.close()
}

/**
 * Until then the log still holds what was removed. Where somebody else reads the file, such as a backup, it stays until the
 * next time: to wait for them stops this whole process.
 */
export function emptyLog(file: StoreFile, waitMs = 0): void {
  try {
    file.exec(`PRAGMA busy_timeout = ${waitMs}; PRAGMA wal_checkpoint(TRUNCATE)`)
  } catch {
    // A full disk: the next opening reads the log.
  } finally {
    file.exec(`PRAGMA busy_timeout = ${busyTimeoutMs}`)
  }
}

/** Answers stand in it: it is for its owner alone, and so is the log that SQLite makes beside it. */
function prepareFile(path: string): void {
  mkdirSync(dirname(path), { recursive: true })
  if (!existsSync(path)) createPrivateFile(path)
}

export function createPrivateFile(path: string): void {
  closeSync(openSync(path, 'a', ownerOnly))
}

/** The database library reads nothing when it opens; the first read shows whether the file is a database. */
function openSound(path: string): StoreFile | undefined {
  const file = new Database(path, { timeout: busyTimeoutMs })
  try {
    file.exec('PRAGMA journal_mode = WAL')
    if (isSmall(path) && cell(file, 'PRAGMA quick_check(1)') !== 'ok') {
      file.close()
      return undefined
    }
    return file
  } catch (error) {
    file.close()
    if (!isDamage(sqliteCodeOf(error))) throw error
    return undefined
  }
}

function isSmall(path: string): boolean {
  return existsSync(path) && statSync(path).size <= maxCheckedBytes
}

function refuseDamaged(): never {
  throw new StoreError('store_damaged', 'The file of conversations is damaged.')
}

function startAnew(path: string, onNotice: (notice: string) => void): StoreFile {
  const aside = freeName(`${path}.damaged`)
  renameSync(path, aside)
  for (const ending of ['-wal', '-shm']) rmSync(`${path}${ending}`, { force: true })
  onNotice(`Earlier conversations cannot be read; their file was put aside as ${aside}.`)
  createPrivateFile(path)
  const file = new Database(path, { timeout: busyTimeoutMs })
  file.exec('PRAGMA journal_mode = WAL')
  return file
}

/** What was put aside before stays. */
export function freeName(name: string): string {
  for (let count = 1; ; count += 1) {
    const candidate = count === 1 ? name : `${name}-${count}`
    if (!existsSync(candidate)) return candidate
  }
}

/** Brings an older form up to the present one. Throws `StoreError` for a newer one. */
export function migrateStore(file: StoreFile): void {
  if (storeVersion(file) === migrations.length) return
  inTransaction(file, () => {
    const version = storeVersion(file)
    if (version > migrations.length) throw newer(version)
    for (const step of migrations.slice(version)) file.exec(step)
    file.exec(`PRAGMA user_version = ${migrations.length}`)
  })
}

function newer(version: number): StoreError {
  const message = `The file of conversations was written by a newer Parley: its form is number ${version}, this program knows ${migrations.length}.`
  return new StoreError('store_newer', message)
}

function cell(file: StoreFile, sql: string): unknown {
  const row: unknown = file.prepare(sql).raw().get()
  return Array.isArray(row) ? row[0] : undefined
}
