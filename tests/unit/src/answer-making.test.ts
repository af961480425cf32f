/** What is kept of how an answer was made stays small, whatever the answer is like. */
import { expect, it } from 'vitest'
import type { AnsweredQuestion, FailedQuestion } from '../../../agents/answer.js'
import { answerMaking } from '../../../src/kept/answer-making.js'

const base = {
  id: 'a',
  conversationId: 'c',
  question: 'Total sales',
  intent: 'metric',
  suggestions: ['Total sales by city'],
  warnings: [],
  timings: { total: 12 },
  trace: [
    {
      node: 'classifyIntent',
      phase: 'understanding',
      elapsedMs: 1,
      summary: 'A metric.',
      details: { margin: 1 },
    },
  ],
} as const

const document = (at: number) => ({ id: `table:${at}`, distance: 0.1, score: 1 - at / 100 })
const provenance = {
  fingerprint: 'f',
  dataVersion: '1',
  documents: Array.from({ length: 40 }, (_, at) => document(at)),
  valueLinks: [],
  attempts: [{ sql: 'SELECT 1', generator: 'rules' }],
  reason: 'Every word was found.',
} as const

const answered: AnsweredQuestion = {
  ...base,
  ok: true,
  kind: 'data',
  columns: [{ name: 'total', type: 'BIGINT', kind: 'number' }],
  rows: [[3]],
  rowCount: 1,
  truncated: false,
  chartKinds: ['number'],
  text: 'Total sales is 3.',
  textCells: [],
  explanation: ['Adds up the sales.'],
  confidence: { score: 1, signals: [] },
  provenance,
}

it('keeps explanation, confidence, steps, columns and what was looked up, but no rows', () => {
  const making = answerMaking(answered)
  expect(making).toMatchObject({
    explanation: answered.explanation,
    confidence: answered.confidence,
    columns: answered.columns,
    timings: { total: 12 },
    provenance: { fingerprint: 'f', reason: provenance.reason },
  })
  expect(making?.provenance?.documents).toHaveLength(20)
  expect(making?.trace[0]).not.toHaveProperty('details')
  expect(making).not.toHaveProperty('rows')
})

it('keeps the words of an answer whose statement is very long', () => {
  const attempts = [{ sql: 'x'.repeat(20_000), generator: 'local' }] as const
  const making = answerMaking({ ...answered, provenance: { ...provenance, attempts } })
  expect(making?.explanation).toEqual(answered.explanation)
  expect(making?.provenance).toMatchObject({ fingerprint: 'f', attempts: [], documents: [] })
})

it('keeps nothing where the words alone are too many', () => {
  expect(answerMaking({ ...answered, explanation: ['x'.repeat(20_000)] })).toBeUndefined()
})

it('keeps where a failure happened and what helps', () => {
  const failed: FailedQuestion = {
    ...base,
    ok: false,
    error: { code: 'sql_failed', phase: 'executing', message: 'No.', hints: ['Ask for less.'] },
  }
  expect(answerMaking(failed)).toMatchObject({ phase: 'executing', hints: ['Ask for less.'] })
})
