/** The port to where calls to models are written down, for every process that shares a budget. */
import type { UsageEntry } from './day-meter.js'

export interface UsageBook {
  /** A day is `2026-01-31`. */
  write(day: string, entry: UsageEntry): Promise<void>
  /** What was written behind `from`, which is 0 or the `end` of an earlier look on the same day. */
  read(
    day: string,
    from: number,
  ): Promise<{ readonly entries: readonly UsageEntry[]; readonly end: number }>
  forgetOldDays(): Promise<void>
}
