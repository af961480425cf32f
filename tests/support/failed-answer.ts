/** A question that failed, with what it shares with an answer that was recorded. */
import type { Answer, FailedQuestion } from '../../agents/answer.js'

export function failedAnswer(answer: Answer, error: FailedQuestion['error']): FailedQuestion {
  const { id, conversationId, question, intent, trace, timings } = answer
  const nothing = { suggestions: [], warnings: [] }
  return { ok: false, id, conversationId, question, intent, trace, timings, ...nothing, error }
}
