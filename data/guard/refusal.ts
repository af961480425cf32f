/** Failures of the guard: refused by rule, or plainly wrong. */
import type { QueryFailure } from '../database.js'

export const onlySelect = 'Only a SELECT that reads the data is allowed.'

export function denied(message: string, hints: readonly string[]): QueryFailure {
  return { code: 'sql_refused', message, hints }
}

export function unknownName(message: string, hints: readonly string[]): QueryFailure {
  return { code: 'sql_invalid', message, hints }
}
