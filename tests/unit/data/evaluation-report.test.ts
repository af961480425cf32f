/** Running a questions file: conversations, counts, shares and what happens when it is stopped. */
import { describe, expect, it } from 'vitest'
import { classifyError } from '../../../data/evaluation/classify-error.js'
import { evaluateQuestions } from '../../../data/evaluation/evaluate-questions.js'
import type { EvaluatedAnswer } from '../../../data/evaluation/evaluated-answer.js'
import { parseQuestions } from '../../../data/evaluation/evaluation-question.js'
import { percentile } from '../../../data/evaluation/evaluation-report.js'
import type { RunSql } from '../../../data/evaluation/gold-results.js'
import { wilsonInterval } from '../../../data/evaluation/wilson-interval.js'

const lines = [
  { id: '1', question: 'one', sql: 'SELECT 1', intent: 'metric', conversation: 'a' },
  { id: '2', question: 'two', sql: 'SELECT 2', intent: 'follow_up', conversation: 'a' },
  { id: '3', question: 'delete', expects: 'refusal', intent: 'unsafe' },
  { id: '4', question: 'which', expects: 'clarification', intent: 'unclear' },
]

const runGold: RunSql = async (sql) => {
  const rows = [[Number(sql.at(-1))]]
  return {
    ok: true,
    result: { columns: [], rows, rowCount: 1, truncated: false, elapsedMs: 0 },
  }
}

function load(text = lines.map((line) => JSON.stringify(line)).join('\n')) {
  const read = parseQuestions(text)
  if (!read.ok) throw new Error(read.message)
  return read.questions
}

/** Always answers 1, after one statement that does not bind. */
function answerOne(conversationId: string): EvaluatedAnswer {
  const attempts = [{ sql: 'x', failure: { code: 'sql_invalid' } }, { sql: 'SELECT 1' }]
  return {
    ok: true,
    kind: 'data',
    conversationId,
    intent: 'metric',
    sql: 'SELECT 1',
    rows: [[1]],
    generator: 'rules',
    provenance: { attempts },
  }
}

describe('evaluating questions', () => {
  it('sums up by intent, expectation and generator, and counts false answers', async () => {
    const report = await evaluateQuestions({
      questions: load(),
      ask: async () => answerOne('c'),
      runGold,
    })
    expect(report).toMatchObject({
      total: 4,
      right: 1,
      accuracy: 0.25,
      byIntent: { metric: { total: 1, right: 1 }, follow_up: { total: 1, right: 0 } },
      byExpects: { answer: { total: 2, right: 1 }, refusal: { total: 1, right: 0 } },
      byGenerator: { rules: { total: 4, right: 1 } },
      errorKinds: { wrong_value: 1 },
      falseAnswers: { count: 2, of: 2 },
      rightQuestionsBack: { count: 0, of: 1 },
      validSqlRate: 0.5,
      statements: 8,
    })
    expect(report.items.map(({ verdict }) => verdict)).toEqual([
      'right',
      'wrong',
      'false_answer',
      'false_answer',
    ])
  })

  it('continues a conversation and starts a new one for every other question', async () => {
    const asked: [string, string | undefined][] = []
    await evaluateQuestions({
      questions: load(),
      ask: async (question, conversationId) => {
        asked.push([question, conversationId])
        return answerOne(conversationId ?? `new-${asked.length}`)
      },
      runGold,
    })
    expect(asked).toEqual([
      ['one', undefined],
      ['two', 'new-1'],
      ['delete', undefined],
      ['which', undefined],
    ])
  })

  it('tells its progress and stops between two questions', async () => {
    const stopper = new AbortController()
    const progress: number[][] = []
    const report = await evaluateQuestions({
      questions: load(),
      ask: async () => answerOne('c'),
      runGold,
      onProgress: (...counts) => {
        progress.push(counts)
        if (progress.length === 2) stopper.abort()
      },
      signal: stopper.signal,
    })
    expect(progress).toEqual([
      [1, 4, 1],
      [2, 4, 1],
    ])
    expect(report.total).toBe(2)
  })
})

describe('the questions file', () => {
  it('is refused with the number of the wrong line', () => {
    const wrong = (line: object | string) => {
      const text = typeof line === 'string' ? line : JSON.stringify(line)
      return parseQuestions(`${JSON.stringify(lines[0])}\n\n${text}`)
    }
    expect(wrong('{')).toEqual({ ok: false, message: 'Line 3: not JSON.' })
    expect(wrong({ ...lines[0] })).toEqual({ ok: false, message: 'Line 3: the id 1 is taken.' })
    expect(wrong({ id: '9' })).toMatchObject({
      message: expect.stringMatching(/^Line 3: question/),
    })
    expect(wrong({ ...lines[2], id: '9', sql: 'SELECT 1' })).toMatchObject({ ok: false })
    expect(parseQuestions('\n')).toEqual({ ok: false, message: 'The file has no questions.' })
  })
})

describe('the figures', () => {
  it('give the interval that Wilson gives', () => {
    const { low, high } = wilsonInterval(90, 100)
    expect(low).toBeCloseTo(0.8256, 4)
    expect(high).toBeCloseTo(0.9448, 4)
    expect(wilsonInterval(5, 5)).toMatchObject({ high: 1 })
    expect(wilsonInterval(0, 0)).toEqual({ low: 0, high: 1 })
  })

  it('take percentiles by nearest rank', () => {
    expect(percentile([5, 1, 4, 2, 3], 0.5)).toBe(3)
    expect(percentile([1, 2], 0.95)).toBe(2)
    expect(percentile([], 0.5)).toBe(0)
  })

  it('name what is wrong with a SQL', () => {
    const gold =
      "SELECT r.name, sum(s.amount) FROM sales s JOIN regions r ON r.id = s.region_id WHERE r.name = 'North' GROUP BY 1"
    const kind = (sql: string) => classifyError(sql, [gold])
    expect(kind("SELECT sum(amount) FROM sales WHERE name = 'North'")).toBe('missing_join')
    expect(kind('SELECT sum(amount) FROM refunds')).toBe('wrong_table')
    expect(kind(gold.replace('s.amount', 's.total'))).toBe('wrong_column')
    expect(kind(gold.replace('North', 'South'))).toBe('wrong_value')
    expect(kind(gold.replace('sum', 'avg'))).toBe('wrong_structure')
    expect(kind(gold.replaceAll('s.', 'sales.').replace('sales s', 'sales'))).toBe(
      'wrong_structure',
    )
  })
})
