/** Failures that come from the state of the database and not from the SQL. */
import type { QueryFailure } from './database.js'

export type StopReason = 'sql_timeout' | 'cancelled'

export const closedFailure: QueryFailure = {
  code: 'sql_failed',
  message: 'The database is closed.',
  hints: [],
}

export function stopFailure(code: StopReason, timeoutMs: number): QueryFailure {
  if (code === 'cancelled') return { code, message: 'The query was cancelled.', hints: [] }
  return {
    code,
    message: `The query took longer than ${timeoutMs / 1000} seconds.`,
    hints: ['Ask for a shorter period or fewer groups.'],
  }
}

export function replacementFailure(error: unknown): QueryFailure {
  const reason = error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error)
  return {
    code: 'sql_failed',
    message: `The data file was replaced and cannot be opened: ${reason}`,
    hints: ['Restore the file from a copy.'],
  }
}

export const outOfMemoryFailure: QueryFailure = {
  code: 'sql_out_of_memory',
  message: 'The query needs more memory than it may use.',
  hints: ['Ask for fewer groups or a shorter period.'],
}

export const endedFailure: QueryFailure = {
  code: 'sql_failed',
  message: 'The engine gave up on this query.',
  hints: ['Ask in another way.'],
}

export const endedAtOpenFailure: QueryFailure = {
  code: 'sql_failed',
  message: 'The process that reads the data ended before it had opened the file.',
  hints: ['Ask again in a moment.'],
}

export const lostConnectionFailure: QueryFailure = {
  code: 'sql_failed',
  message: 'The connection to the database was lost.',
  hints: ['Ask again in a moment.'],
}
