/** Running a questions file: conversations, counts, shares and what happens when it is stopped. */
import { describe, expect, it } from 'vitest'
import { classifyError } from '../../../data/evaluation/classify-error.js'
import { tolerantCells } from '../../../data/evaluation/compare-cells.js'
import {
  type EvaluatedSource,
  evaluateQuestions,
} from '../../../data/evaluation/evaluate-questions.js'
import type { EvaluatedAnswer } from '../../../data/evaluation/evaluated-answer.js'
import { parseQuestions } from '../../../data/evaluation/evaluation-question.js'
import { summarise } from '../../../data/evaluation/evaluation-report.js'
import { percentile } from '../../../data/evaluation/tally.js'
import { wilsonInterval } from '../../../data/evaluation/wilson-interval.js'

const lines = [
  { id: '1', question: 'one', sql: 'SELECT 1', intent: 'metric', conversation: 'a' },
  { id: '2', question: 'two', sql: 'SELECT 2', intent: 'follow_up', conversation: 'a' },
  { id: '3', question: 'delete', expects: 'refusal', intent: 'unsafe' },
  { id: '4', question: 'which', expects: 'clarification', intent: 'unclear' },
]

/** Says how often it was opened and closed. */
function sources(ask: EvaluatedSource['ask']) {
  const events: string[] = []
  const database = {
    run: async (sql: string) =>
      ({ ok: true, rows: [[Number(sql.at(-1))]], truncated: false }) as const,
  }
  const judge = { database, cells: tolerantCells, keepDistinct: false, rules: 'ties' } as const
  const openSource = async (name: string | undefined) => {
    events.push(`open ${name}`)
    const close = async () => void events.push(`close ${name}`)
    return { ok: true, source: { ask, judge, close } } as const
  }
  return { events, openSource }
}

function load(text = lines.map((line) => JSON.stringify(line)).join('\n')) {
  const read = parseQuestions(text)
  if (!read.ok) throw new Error(read.message)
  return read.questions
}

function question(changes: object): string {
  return JSON.stringify({ question: 'one', sql: 'SELECT 1', ...changes })
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
    const { openSource } = sources(async () => answerOne('c'))
    const items = await evaluateQuestions({ questions: load(), openSource })
    expect(summarise(items)).toMatchObject({
      total: 4,
      right: 1,
      share: 0.25,
      byIntent: { metric: { total: 1, right: 1 }, follow_up: { total: 1, right: 0 } },
      byExpects: { answer: { total: 2, right: 1 }, refusal: { total: 1, right: 0 } },
      byGenerator: { rules: { total: 4, right: 1 } },
      errorKinds: { wrong_value: { right: 1, total: 2 } },
      falseAnswers: { right: 2, total: 2 },
      rightQuestionsBack: { right: 0, total: 1 },
      validSql: { right: 4, total: 4 },
      boundStatements: { right: 4, total: 8 },
    })
    expect(items.map(({ verdict }) => verdict)).toEqual([
      'right',
      'wrong',
      'false_answer',
      'false_answer',
    ])
  })

  it('continues a conversation and starts a new one for every other question', async () => {
    const asked: [string, string | undefined][] = []
    const { openSource } = sources(async ({ question }, conversationId) => {
      asked.push([question, conversationId])
      return answerOne(conversationId ?? `new-${asked.length}`)
    })
    await evaluateQuestions({ questions: load(), openSource })
    expect(asked).toEqual([
      ['one', undefined],
      ['two', 'new-1'],
      ['delete', undefined],
      ['which', undefined],
    ])
  })

  it('stops between two questions with what it has', async () => {
    const stopper = new AbortController()
    const { openSource, events } = sources(async () => answerOne('c'))
    const seen: string[] = []
    const items = await evaluateQuestions({
      questions: load(),
      openSource,
      onItem: ({ id }) => {
        if (seen.push(id) === 2) stopper.abort()
      },
      signal: stopper.signal,
    })
    expect(items.map(({ id }) => id)).toEqual(['1', '2'])
    expect(events).toEqual(['open undefined', 'close undefined'])
  })

  it('opens each source once, for all of its questions, and keeps their order', async () => {
    const { openSource, events } = sources(async () => answerOne('c'))
    const questions = load(
      ['a', 'b', 'a'].map((source, at) => question({ id: `${at}`, source })).join('\n'),
    )
    const items = await evaluateQuestions({ questions, openSource })
    expect(events).toEqual(['open a', 'close a', 'open b', 'close b'])
    expect(items.map(({ id, database }) => [id, database])).toEqual([
      ['0', 'a'],
      ['1', 'b'],
      ['2', 'a'],
    ])
  })

  it('leaves out the questions of a source that cannot be opened, and tells', async () => {
    const items = await evaluateQuestions({
      questions: load(),
      openSource: async () => ({ ok: false, message: 'There is no file.' }),
    })
    expect(items[0]).toMatchObject({ verdict: 'unjudged', reason: 'There is no file.' })
    expect(summarise(items)).toMatchObject({ total: 0, unjudged: 4 })
  })

  it('goes on where an earlier run stopped, but holds a broken conversation again', async () => {
    const { openSource } = sources(async () => answerOne('c'))
    const all = await evaluateQuestions({ questions: load(), openSource })
    const asked: string[] = []
    const again = sources(async ({ id }) => {
      asked.push(id)
      return answerOne('c')
    })
    const known = new Map(all.filter(({ id }) => id !== '2' && id !== '4').map((i) => [i.id, i]))
    const added: string[] = []
    const items = await evaluateQuestions({
      questions: load(),
      openSource: again.openSource,
      known,
      onItem: ({ id }) => void added.push(id),
    })
    expect(asked).toEqual(['1', '2', '4'])
    expect(added).toEqual(['2', '4'])
    expect(items.map(({ id }) => id)).toEqual(['1', '2', '3', '4'])
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
    expect(classifyError("SELECT a FROM t WHERE b = 'x'", ['SELECT a FROM t WHERE b = "y"'])).toBe(
      'wrong_value',
    )
    expect(kind(gold.replaceAll('s.', 'sales.').replace('sales s', 'sales'))).toBe(
      'wrong_structure',
    )
  })
})
