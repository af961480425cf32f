/** Copies the store's file into a backup, and back: one SQLite file, with small files of the home in a table of its own. */
import {
  chmodSync,
  closeSync,
  copyFileSync,
  existsSync,
  fsyncSync,
  openSync,
  renameSync,
  rmSync,
} from 'node:fs'
import Database from 'libsql'
import { migrations } from './migrations.js'
import { change, rowsOf } from './sqlite-rows.js'
import { StoreError, sqliteCodeOf, storeErrorOf } from './store-error.js'
import {
  closeStoreFile,
  createPrivateFile,
  freeName,
  migrateStore,
  openStoreFile,
  type StoreFile,
  storeVersion,
} from './store-file.js'
import { text } from './store-sql.js'

const ownerOnly = 0o600

/** Texts of small files by their name. */
export type BackupFiles = Readonly<Record<string, string>>

export interface StoreCounts {
  readonly conversations: number
  readonly turns: number
  readonly approvedPairs: number
  readonly cards: number
}

const backupTables = `
  CREATE TABLE backup_info (created_at TEXT NOT NULL) STRICT;
  CREATE TABLE backup_files (name TEXT PRIMARY KEY, content TEXT NOT NULL) STRICT;`

/**
 * Writes a consistent copy to `out`, whoever writes to the store meanwhile; `out` appears whole or not at all.
 * Throws `StoreError`, and the system's error when `out` cannot be written.
 */
export function backUpStore(path: string, out: string, files: BackupFiles): StoreCounts {
  const part = `${out}.part`
  rmSync(part, { force: true })
  try {
    createPrivateFile(part)
    copyInto(path, part)
    const counts = withFile(part, (copy) => {
      copy.exec(backupTables)
      change(copy, 'INSERT INTO backup_info VALUES (?)', new Date().toISOString())
      for (const [name, content] of Object.entries(files)) {
        change(copy, 'INSERT INTO backup_files VALUES (?, ?)', name, content)
      }
      return countsOf(copy)
    })
    reachDisk(part)
    renameSync(part, out)
    return counts
  } catch (error) {
    throw storeErrorOf(error) ?? error
  } finally {
    for (const ending of ['', '-journal', '-wal', '-shm']) rmSync(part + ending, { force: true })
  }
}

export interface PreparedRestore {
  readonly counts: StoreCounts
  readonly files: BackupFiles
  /** Puts the copy in the store's place, and what was there aside; gives the name of that. */
  finish(): string | undefined
  cancel(): void
}

/** Checks a backup and copies it beside the store, which stays as it is. Throws `StoreError`. */
export function prepareRestore(backup: string, path: string): PreparedRestore {
  const part = `${path}.restoring`
  const cancel = () => {
    for (const ending of ['', '-journal', '-wal', '-shm']) rmSync(part + ending, { force: true })
  }
  cancel()
  try {
    copyFileSync(backup, part)
    chmodSync(part, ownerOnly)
    const read = withFile(part, readBackup)
    return { ...read, cancel, finish: () => putInPlace(part, path, cancel) }
  } catch (error) {
    cancel()
    throw storeErrorOf(error) ?? error
  }
}

/** True while another process has the store open. Only for a store that is about to be replaced. */
export function isStoreInUse(path: string): boolean {
  if (!existsSync(path)) return false
  const file = new Database(path)
  try {
    // A log of changes can only be given up by the last that reads it.
    file.exec('PRAGMA journal_mode = DELETE')
    return false
  } catch (error) {
    return sqliteCodeOf(error).startsWith('SQLITE_BUSY')
  } finally {
    file.close()
  }
}

function copyInto(path: string, part: string): void {
  const file = openStoreFile(path, 'FULL')
  try {
    change(file, 'VACUUM INTO ?', part)
  } finally {
    closeStoreFile(file)
  }
}

function readBackup(copy: StoreFile): Pick<PreparedRestore, 'counts' | 'files'> {
  const names = rowsOf(copy, "SELECT name FROM sqlite_master WHERE type = 'table'").flat()
  if (!['backup_info', 'backup_files', 'turns'].every((name) => names.includes(name))) {
    throw new StoreError('store_foreign', 'This is no backup of Parley.')
  }
  const version = storeVersion(copy)
  if (version > migrations.length) {
    const message = `This backup is of a newer Parley: its form is number ${version}, this program knows ${migrations.length}.`
    throw new StoreError('store_newer', message)
  }
  if (rowsOf(copy, 'PRAGMA quick_check(1)')[0]?.[0] !== 'ok') {
    throw new StoreError('store_damaged', 'This backup is damaged.')
  }
  const rows = rowsOf(copy, 'SELECT name, content FROM backup_files')
  const files = Object.fromEntries(rows.map(([name, content]) => [text(name), text(content)]))
  const counts = countsOf(copy)
  copy.exec('DROP TABLE backup_files; DROP TABLE backup_info')
  migrateStore(copy)
  return { counts, files }
}

function putInPlace(part: string, path: string, cancel: () => void): string | undefined {
  reachDisk(part)
  const aside = existsSync(path) ? freeName(`${path}.before-restore`) : undefined
  if (aside !== undefined) renameSync(path, aside)
  // They belong to the file that was there.
  for (const ending of ['-wal', '-shm']) rmSync(path + ending, { force: true })
  renameSync(part, path)
  cancel()
  return aside
}

function countsOf(file: StoreFile): StoreCounts {
  const count = (table: string) => Number(rowsOf(file, `SELECT count(*) FROM ${table}`)[0]?.[0])
  return {
    conversations: count('conversations'),
    turns: count('turns'),
    approvedPairs: count('approved_pairs'),
    cards: count('cards'),
  }
}

function withFile<Result>(path: string, work: (file: StoreFile) => Result): Result {
  const file = new Database(path)
  try {
    return work(file)
  } catch (error) {
    throw storeErrorOf(error) ?? error
  } finally {
    file.close()
  }
}

function reachDisk(path: string): void {
  const file = openSync(path, 'r')
  try {
    fsyncSync(file)
  } finally {
    closeSync(file)
  }
}
