/** Keeps strangers from wearing out the audit log: of a minute's refusals the first few of each kind stand in it, of the others how many there were. */
import type { AuditFields } from './audit-line.js'

/** Of each code, so that noise of one hides none of another. At worst, weeks of it fit into the files that are kept. */
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
  let timer: NodeJS.Timeout | undefined
  const seen = new Map<string, number>()
  const close = () => {
    clearTimeout(timer)
    timer = undefined
    const untold = [...seen].filter(([, count]) => count > most)
    seen.clear()
    if (untold.length === 0) return
    const counts = Object.fromEntries(untold.map(([code, count]) => [code, count - most]))
    write({ time: new Date().toISOString(), event: 'refused_more', counts })
  }
  return {
    tell: (code, line) => {
      timer ??= setTimeout(close, windowMs).unref()
      const count = (seen.get(code) ?? 0) + 1
      seen.set(code, count)
      if (count <= most) write(line)
    },
    close,
  }
}
