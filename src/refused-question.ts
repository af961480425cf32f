/** What answers a question that the graph was never asked, or did not end. */
import type { AnswerError, FailedQuestion } from '../agents/answer.js'
import type { Turn } from './start-turn.js'

export function refused(turn: Turn, error: AnswerError): FailedQuestion {
  return {
    ...turn.ids,
    ok: false,
    question: turn.question,
    intent: 'unclear',
    error,
    suggestions: [],
    warnings: [],
    trace: [],
    timings: { total: performance.now() - turn.started },
  }
}
