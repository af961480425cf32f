/** What is asked, unless nothing may be asked any more, or nothing by this user. */
import type { AnswerError } from '../agents/answer.js'
import { nothingVisible, type QuestionText, readText } from './read-question-text.js'
import type { Services } from './services.js'

export const cancelled: AnswerError = {
  code: 'cancelled',
  phase: 'executing',
  message: 'The question was cancelled.',
  hints: [],
}

export interface Reading {
  /** Whether row policies may hide every table. */
  readonly isPoliced: boolean
  readonly isSql?: boolean
  /** Ended once the orchestrator closes: nothing is open then that could keep a turn. */
  readonly closing: AbortSignal
}

export async function readOpenQuestion(
  services: Pick<Services, 'catalog'>,
  raw: string,
  { isPoliced, isSql, closing }: Reading,
): Promise<QuestionText> {
  if (closing.aborted) return { ok: false, error: cancelled }
  return !isPoliced || (await hasTables(services)) ? readText(raw, isSql) : nothingVisible
}

/** Data that cannot be read is said on the way to an answer. */
function hasTables({ catalog }: Pick<Services, 'catalog'>): Promise<boolean> {
  return catalog().then(
    ({ tables }) => tables.length > 0,
    () => true,
  )
}
