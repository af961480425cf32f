/** Keeps something to one process at a time: a lock file names the processes that use it. */
import {
  linkSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { hostname } from 'node:os'
import { dirname } from 'node:path'

/** Of folders that a lock is the first thing in: what comes to lie there is for their owner alone. */
const ownerFolder = 0o700
/** Field 22 of /proc/PID/stat, counted from the field after the command's name. */
const startTimeField = 19
/** How often a holder touches its file, and after how long without that one of another machine or container is gone. */
const beatMs = 2_000
export const staleMs = 10_000
/** What a process is told that wants to move or put back what a faster one has moved or made. */
const tooLate = ['ENOENT', 'EEXIST']
/** What file systems without hard links say. */
const withoutLinks = ['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EMLINK']

export interface LockHolder {
  readonly pid: number
  /** Start time of the process where the system tells it: a reused id is another process. */
  readonly mark: string
  /** Process ids of another machine or container mean nothing here. */
  readonly host?: string
  /** What the holder wants others to know, such as an address. */
  readonly note?: string
}

export interface ProcessLock {
  /** Adds a process that keeps the lock alive even when this one is killed. Throws when the file cannot be written. */
  share(pid: number): void
  /** Where the file cannot be written, others do not hear it. */
  tell(note: string): void
  release(): void
}

export type LockOutcome =
  | { readonly ok: true; readonly lock: ProcessLock }
  | {
      readonly ok: false
      readonly reason: string
      /** Absent when it changed just now, or nobody has it. */
      readonly holder?: LockHolder
      /** Why the lock file cannot be made; on a full disk, somebody may have it all the same. */
      readonly cause?: Error
    }

/** Locks for this process; a lock whose processes are all gone is taken over. Never throws. */
export function takeLock(path: string): LockOutcome {
  try {
    mkdirSync(dirname(path), { recursive: true, mode: ownerFolder })
    if (claim(path)) return { ok: true, lock: heldLock(path) }
    const holder = livingHolder(path)
    if (holder) return { ok: false, reason: `process ${holder.pid} already uses it`, holder }
    dropStale(path)
    if (claim(path)) return { ok: true, lock: heldLock(path) }
    return { ok: false, reason: 'another process has just taken it' }
  } catch (error) {
    const cause = error as Error
    return { ok: false, reason: `cannot lock: ${cause.message}`, cause, holder: livingHolder(path) }
  }
}

function heldLock(path: string): ProcessLock {
  const beat = setInterval(() => touch(path), beatMs)
  beat.unref()
  let holders: readonly LockHolder[] = [holderOf(process.pid)]
  const rewrite = (next: readonly LockHolder[]) => {
    const draft = writeDraft(path, next)
    renameSync(draft, path)
    holders = next
  }
  return {
    share: (pid) => rewrite([...holders, holderOf(pid)]),
    tell: (note) => {
      try {
        rewrite(holders.map((holder) => ({ ...holder, note })))
      } catch {
        // A full disk: the lock holds all the same.
      }
    },
    release: () => {
      clearInterval(beat)
      rmSync(path, { force: true })
    },
  }
}

/** Creates the lock file with its content in one step, so that nobody reads it half-written. */
function claim(path: string): boolean {
  const holders = [holderOf(process.pid)]
  const draft = writeDraft(path, holders)
  try {
    linkSync(draft, path)
    return true
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? ''
    if (code === 'EEXIST') return false
    if (withoutLinks.includes(code)) return claimPlainly(path, holders)
    throw error
  } finally {
    rmSync(draft, { force: true })
  }
}

function claimPlainly(path: string, holders: readonly LockHolder[]): boolean {
  try {
    writeFileSync(path, JSON.stringify(holders), { flag: 'wx' })
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false
    throw error
  }
}

function writeDraft(path: string, holders: readonly LockHolder[]): string {
  const draft = `${path}.${process.pid}`
  try {
    writeFileSync(draft, JSON.stringify(holders))
    return draft
  } catch (error) {
    rmSync(draft, { force: true })
    throw error
  }
}

/** Moves a stale lock aside; one that a faster process has renewed meanwhile is put back. */
function dropStale(path: string): void {
  const aside = `${path}.stale.${process.pid}`
  try {
    renameSync(path, aside)
    if (readHolders(aside).some((holder) => isAlive(holder, aside))) linkSync(aside, path)
  } catch (error) {
    if (!tooLate.includes((error as NodeJS.ErrnoException).code ?? '')) throw error
  } finally {
    rmSync(aside, { force: true })
  }
}

function livingHolder(path: string): LockHolder | undefined {
  return readHolders(path).find((each) => isAlive(each, path))
}

function readHolders(path: string): readonly LockHolder[] {
  try {
    const holders: unknown = JSON.parse(readFileSync(path, 'utf8'))
    return Array.isArray(holders) ? holders.filter((holder) => Number.isInteger(holder?.pid)) : []
  } catch {
    return []
  }
}

function isAlive(holder: LockHolder, path: string): boolean {
  const { pid, mark, host = hostname() } = holder
  if (host !== hostname()) {
    const beaten = statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0
    return Date.now() - beaten < staleMs
  }
  try {
    process.kill(pid, 0)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ESRCH') return false
  }
  return holderOf(pid).mark === mark
}

/** A missed beat is harmless, a removed lock is not ours to mend. */
function touch(path: string): void {
  const now = new Date()
  try {
    utimesSync(path, now, now)
  } catch {
    // The next beat may do better.
  }
}

function holderOf(pid: number): LockHolder {
  const host = hostname()
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)?.split(' ')
    // A process that has ended but was never waited for still has an entry.
    return { pid, mark: fields?.[0] === 'Z' ? 'ended' : (fields?.[startTimeField] ?? ''), host }
  } catch {
    return { pid, mark: '', host }
  }
}
