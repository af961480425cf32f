/** What a line of the audit log says, and what it leaves out. */
import { describe, expect, it } from 'vitest'
import {
  questionLine,
  requestLine,
  toJsonLine,
  withoutValues,
} from '../../../../src/observe/audit-line.js'
import { failedQuestion, watchedQuestion } from '../../../support/watched-question.js'

const askedBy = { requestId: 'request-1', keyId: '0123456789ab', name: 'reports' }

describe('a line about a question', () => {
  it('says who asked what, with which SQL, when, and how it ended', () => {
    expect(questionLine(watchedQuestion({ askedBy }), 'full')).toMatchObject({
      time: '2026-11-22T08:00:00.250Z',
      event: 'question',
      requestId: 'request-1',
      keyId: '0123456789ab',
      user: 'reports',
      dataset: 'own',
      id: 'answer-1',
      conversationId: 'conversation-1',
      question: 'Customers named Ada Moreau?',
      outcome: 'data',
      generator: 'local',
      sql: "SELECT count(*) FROM customers WHERE name = 'Ada Moreau' AND size > 42",
      failedSql: [{ code: 'sql_invalid', sql: expect.stringContaining('nothing') }],
      rows: 1,
      truncated: false,
      ms: 250,
    })
  })

  it('names whoever sits at the machine where no key was sent', () => {
    expect(questionLine(watchedQuestion(), 'full')).toMatchObject({ user: 'local' })
  })

  it('says why a question was refused, and when an error broke it off', () => {
    expect(questionLine(failedQuestion('unsafe_request'), 'full')).toMatchObject({
      outcome: 'unsafe_request',
    })
    expect(questionLine(watchedQuestion({ answer: undefined }), 'full')).toMatchObject({
      outcome: 'internal',
      question: 'Customers named Ada Moreau?',
    })
  })

  it('is short, however long the question is', () => {
    const line = toJsonLine(questionLine(watchedQuestion({ question: 'x'.repeat(64_000) }), 'full'))
    expect(line.length).toBeLessThan(5_000)
    expect(line).toContain('… (60000 more characters)')
  })

  it('never holds a row', () => {
    expect(toJsonLine(questionLine(watchedQuestion(), 'full'))).not.toContain('CELL')
  })

  it('leaves out the question and the values of the SQL when redacted', () => {
    const line = toJsonLine(questionLine(watchedQuestion(), 'redacted'))
    expect(line).not.toMatch(/Ada|Moreau|42/)
    expect(JSON.parse(line)).toMatchObject({
      sql: "SELECT count ( * ) FROM customers WHERE name = '?' AND size > 0",
      rows: 1,
    })
    expect(withoutValues("SELECT 'open")).toBe('(unreadable)')
  })
})

describe('a line about a request', () => {
  it('says who was refused what, from where', () => {
    const refused = { method: 'POST', route: '/api/v1/chat', status: 401, seconds: 0 }
    const unknown = { requestId: 'request-2', name: 'unknown' }
    expect(requestLine({ ...refused, code: 'unauthorized' }, unknown, '10.0.0.7')).toMatchObject({
      event: 'refused',
      user: 'unknown',
      address: '10.0.0.7',
      route: '/api/v1/chat',
      code: 'unauthorized',
    })
  })
})

describe('a line on disk', () => {
  it('is one line of plain characters, whatever the question holds', () => {
    const question = 'a\nb\r\u0000\u001b[2J\u0085\u2028\u202e\u200b\ufeff\ud83d\u{e0041}z'
    const line = toJsonLine({ question })
    expect(line.endsWith('\n')).toBe(true)
    expect(line.slice(0, -1)).toMatch(/^[\x20-\x7e]*$/)
    expect(JSON.parse(line)).toEqual({ question })
  })

  it('holds no API key, though somebody pasted one into a question', () => {
    const key = `parley_0123456789ab_${'x'.repeat(43)}`
    const line = toJsonLine({ question: `My key is ${key}, how many orders?` })
    expect(line).not.toContain('x'.repeat(20))
    expect(line).toContain('parley_0123456789ab_…')
  })
})
