/** A question as observers hear of it, with what a test changes. */
import type { Answer, AnsweredQuestion } from '../../agents/answer.js'
import type { WatchedQuestion } from '../../src/observe/observer.js'
import { failedAnswer } from './failed-answer.js'

export const watchedAnswer: AnsweredQuestion = {
  ok: true,
  kind: 'data',
  id: 'answer-1',
  conversationId: 'conversation-1',
  question: 'Customers named Ada Moreau?',
  intent: 'lookup',
  sql: "SELECT count(*) FROM customers WHERE name = 'Ada Moreau' AND size > 42",
  columns: [{ name: 'n', type: 'BIGINT', kind: 'number' }],
  rows: [['CELL-OF-THE-RESULT']],
  rowCount: 1,
  truncated: false,
  text: 'One.',
  textCells: [],
  chartKinds: [],
  explanation: [],
  generator: 'local',
  suggestions: [],
  warnings: [],
  trace: [],
  timings: { total: 12 },
  provenance: {
    fingerprint: 'f',
    dataVersion: 'v',
    documents: [],
    valueLinks: [],
    attempts: [
      {
        sql: "SELECT nothing FROM customers WHERE name = 'Ada Moreau'",
        generator: 'local',
        failure: { code: 'sql_invalid', message: 'There is no column nothing.' },
      },
      { sql: 'SELECT count(*) FROM customers', generator: 'local' },
    ],
    reason: '',
  },
}

export function watchedQuestion(changes: Partial<WatchedQuestion> = {}): WatchedQuestion {
  const startedAt = Date.UTC(2026, 10, 22, 8)
  const answer: Answer = watchedAnswer
  return {
    question: watchedAnswer.question,
    dataset: 'own',
    startedAt,
    endedAt: startedAt + 250,
    steps: ['classifyIntent', 'generateSql', 'generateSql', 'executeSql'].map((node, at) => ({
      step: { node, phase: 'generating', elapsedMs: 20, summary: 'Done.' },
      endedAt: startedAt + 50 * (at + 1),
    })),
    tokens: 7,
    answer,
    ...changes,
  }
}

export function failedQuestion(
  code: 'unsafe_request' | 'sql_refused' | 'cancelled',
): WatchedQuestion {
  const error = { code, phase: 'understanding', message: 'No.', hints: [] } as const
  return watchedQuestion({ answer: failedAnswer(watchedAnswer, error) })
}
