/** Keeps strangers from wearing out the audit log: of a minute's refusals the first few stand in it, of the others how many there were. */
import type { AuditFields } from './audit-line.js'

/** So that a day of nothing else fits into about one file. */
const usualMost = 20
const windowMs = 60_000

export interface Refusals {
  tell(code: string, line: AuditFields): void
  /** Tells what was only counted so far. */
  close(): void
}

export function limitRefusals(
  write: (line: AuditFields) => void,
  most: number = usualMost,
): Refusals {
  let told = 0
  let timer: NodeJS.Timeout | undefined
  const untold = new Map<string, number>()
  const close = () => {
    clearTimeout(timer)
    timer = undefined
    told = 0
    if (untold.size === 0) return
    write({
      time: new Date().toISOString(),
      event: 'refused_more',
      counts: Object.fromEntries(untold),
    })
    untold.clear()
  }
  return {
    tell: (code, line) => {
      timer ??= setTimeout(close, windowMs).unref()
      told += 1
      if (told <= most) write(line)
      else untold.set(code, (untold.get(code) ?? 0) + 1)
    },
    close,
  }
}
