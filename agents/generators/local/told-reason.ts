/** What a model is told of its failed attempt, when it is asked again and in training rows. */
import type { QueryFailure } from '../../../data/database.js'

/** An engine that fails on a value quotes it, and what stands in a cell has no business in a prompt. */
export function toldReason({ code, message }: Pick<QueryFailure, 'code' | 'message'>): string {
  return code === 'sql_failed' ? message.replace(/(["']).*\1/s, '…') : message
}
