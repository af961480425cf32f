/** Keeps a folder to one server: a lock file beside it names the processes that use it. */
import { linkSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'

/** Field 22 of /proc/PID/stat, counted from the field after the command's name. */
const startTimeField = 19

interface Holder {
  readonly pid: number
  /** Start time of the process where the system tells it: a reused id is another process. */
  readonly mark: string
}

export interface FolderLock {
  /** Adds a process (the server) that keeps the lock alive even when this one is killed. */
  share(pid: number): void
  release(): void
}

export type LockOutcome =
  | { readonly ok: true; readonly lock: FolderLock }
  | { readonly ok: false; readonly reason: string }

/** Locks `folder` for this process; a lock whose processes are all gone is taken over. */
export function lockFolder(folder: string): LockOutcome {
  const path = `${folder}.lock`
  try {
    mkdirSync(dirname(path), { recursive: true })
    if (claim(path)) return { ok: true, lock: heldLock(path) }
    const holder = readHolders(path).find(isAlive)
    if (holder) return { ok: false, reason: `process ${holder.pid} already uses ${folder}` }
    dropStale(path)
    if (claim(path)) return { ok: true, lock: heldLock(path) }
    return { ok: false, reason: `another process has just taken ${folder}` }
  } catch (error) {
    return { ok: false, reason: `cannot lock ${folder}: ${(error as Error).message}` }
  }
}

function heldLock(path: string): FolderLock {
  return {
    share: (pid) => writeFileSync(path, JSON.stringify([holderOf(process.pid), holderOf(pid)])),
    release: () => rmSync(path, { force: true }),
  }
}

/** Creates the lock file with its content in one step, so that nobody reads it half-written. */
function claim(path: string): boolean {
  const draft = `${path}.${process.pid}`
  writeFileSync(draft, JSON.stringify([holderOf(process.pid)]))
  try {
    linkSync(draft, path)
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false
    throw error
  } finally {
    rmSync(draft, { force: true })
  }
}

/** Moves a stale lock aside; one that a faster process has renewed meanwhile is put back. */
function dropStale(path: string): void {
  const aside = `${path}.stale.${process.pid}`
  renameSync(path, aside)
  if (readHolders(aside).some(isAlive)) linkSync(aside, path)
  rmSync(aside, { force: true })
}

function readHolders(path: string): readonly Holder[] {
  try {
    const holders: unknown = JSON.parse(readFileSync(path, 'utf8'))
    return Array.isArray(holders) ? holders.filter((holder) => Number.isInteger(holder?.pid)) : []
  } catch {
    return []
  }
}

function isAlive(holder: Holder): boolean {
  try {
    process.kill(holder.pid, 0)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ESRCH') return false
  }
  return holderOf(holder.pid).mark === holder.mark
}

function holderOf(pid: number): Holder {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)?.split(' ')
    // A process that has ended but was never waited for still has an entry.
    return { pid, mark: fields?.[0] === 'Z' ? 'ended' : (fields?.[startTimeField] ?? '') }
  } catch {
    return { pid, mark: '' }
  }
}
