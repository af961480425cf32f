/** What counts as right, for each kind of answer that a question can expect. */
import { describe, expect, it } from 'vitest'
import type { Value } from '../../../data/catalog.js'
import { tolerantCells } from '../../../data/evaluation/compare-cells.js'
import type { EvaluatedAnswer } from '../../../data/evaluation/evaluated-answer.js'
import type { EvaluationQuestion } from '../../../data/evaluation/evaluation-question.js'
import { type Judge, judgeAnswer } from '../../../data/evaluation/judge-answer.js'
import type { ScoredDatabase } from '../../../data/evaluation/score-sql.js'

const results: Record<string, Value[][]> = {
  'SELECT region FROM t': [['North'], ['South']],
  'SELECT region, total FROM t': [
    ['North', 10],
    ['South', 20],
  ],
  'SELECT region FROM t ORDER BY size LIMIT 1': [['North']],
  'SELECT region, size FROM t ORDER BY size': [
    ['North', 1],
    ['South', 1],
    ['West', 2],
  ],
}

const database: ScoredDatabase = {
  run: async (sql) => {
    const rows = results[sql]
    return rows ? { ok: true, rows, truncated: false } : { ok: false, message: 'no table' }
  },
}

const judge: Judge = { database, cells: tolerantCells, keepDistinct: false, rules: 'ties' }

function question(changes: Partial<EvaluationQuestion>): EvaluationQuestion {
  const sqls = ['SELECT region FROM t']
  return { id: 'q', question: 'Which regions?', sqls, expects: 'answer', intent: 'x', ...changes }
}

function data(rows: Value[][], changes: Partial<EvaluatedAnswer> = {}): EvaluatedAnswer {
  const sql = 'SELECT region FROM t'
  return { ok: true, kind: 'data', conversationId: 'c', intent: 'listing', sql, rows, ...changes }
}

function text(intent: string, words: string): EvaluatedAnswer {
  return { ok: true, kind: 'text', conversationId: 'c', intent, text: words }
}

function failure(code: string): EvaluatedAnswer {
  return { ok: false, conversationId: 'c', intent: 'unclear', error: { code, message: 'no' } }
}

const askedBack: EvaluatedAnswer = {
  ok: true,
  kind: 'clarification',
  conversationId: 'c',
  intent: 'metric',
}

async function verdict(asked: EvaluationQuestion, answer: EvaluatedAnswer) {
  return (await judgeAnswer(asked, answer, judge)).verdict
}

describe('a question that expects data', () => {
  it('is right when the result equals that of any gold SQL', async () => {
    const asked = question({ sqls: ['SELECT region FROM t', 'SELECT region, total FROM t'] })
    expect(await verdict(asked, data([['South'], ['North']]))).toBe('right')
    expect(
      await verdict(
        asked,
        data([
          [20, 'South'],
          [10, 'North'],
        ]),
      ),
    ).toBe('right')
    expect(await verdict(asked, data([['South']]))).toBe('wrong')
  })

  it('notes extra columns apart and does not count them as right', async () => {
    const judged = await judgeAnswer(
      question({}),
      data([
        ['North', 1],
        ['South', 2],
      ]),
      judge,
    )
    expect(judged).toMatchObject({ verdict: 'wrong', match: 'extra_columns' })
  })

  it('is right with another of the rows that tie at the limit', async () => {
    const asked = question({ sqls: ['SELECT region FROM t ORDER BY size LIMIT 1'] })
    const judged = await judgeAnswer(asked, data([['South']]), judge)
    expect(judged).toMatchObject({ verdict: 'right', match: 'ties' })
    expect(await verdict(asked, data([['West']]))).toBe('wrong')
  })

  it('reads all rows of an answer that was cut short', async () => {
    const asked = question({ sqls: ['SELECT region, total FROM t'] })
    const cut = { truncated: true, sql: 'SELECT region, total FROM t' }
    expect(await verdict(asked, data([['North', 10]], cut))).toBe('right')
  })

  it('tells a question back, a refusal and a fault apart', async () => {
    expect(await verdict(question({}), askedBack)).toBe('asked_back')
    expect(await verdict(question({}), failure('not_understood'))).toBe('refused')
    expect(await verdict(question({}), failure('sql_timeout'))).toBe('failed')
    expect(await verdict(question({}), text('catalog', 'There are two tables.'))).toBe('wrong')
  })

  it('stays unjudged when the gold itself does not run', async () => {
    const asked = question({ sqls: ['SELECT nothing'] })
    const judged = await judgeAnswer(asked, data([[1]]), judge)
    expect(judged.verdict).toBe('unjudged')
    expect(judged.reason).toContain('The gold SQL does not run: no table')
  })

  it('is judged by the rules it is asked to be judged by', async () => {
    const asked = question({ sqls: ['SELECT region FROM t ORDER BY size LIMIT 1'] })
    const answer = data([['South']])
    const by = async (rules: Judge['rules']) =>
      (await judgeAnswer(asked, answer, { ...judge, rules })).verdict
    expect([await by('ties'), await by('spider'), await by('bird')]).toEqual([
      'right',
      'wrong',
      'wrong',
    ])
  })
})

describe('a question that expects words', () => {
  it('is right when the text, the explanation or the cells mention everything', async () => {
    const asked = question({ sqls: [], contains: ['North', 'south'] })
    expect(await verdict(asked, text('catalog', 'Regions: north, south'))).toBe('right')
    expect(await verdict(asked, data([['North'], ['South']]))).toBe('right')
    expect(await verdict(asked, text('catalog', 'Regions: north'))).toBe('wrong')
    expect(await verdict(asked, failure('not_understood'))).toBe('refused')
  })

  it('takes any text for small talk, but no data', async () => {
    const asked = question({ sqls: [] })
    expect(await verdict(asked, text('chit_chat', 'Hello!'))).toBe('right')
    expect(await verdict(asked, data([['North']]))).toBe('wrong')
  })
})

describe('a question that expects a refusal', () => {
  const asked = question({ sqls: [], expects: 'refusal' })

  it('is right with an error about the question or a text that gives no data', async () => {
    for (const code of ['not_understood', 'unsafe_request', 'sql_refused']) {
      expect(await verdict(asked, failure(code))).toBe('right')
    }
    expect(await verdict(asked, text('unsafe', 'I only read.'))).toBe('right')
    expect(await verdict(asked, text('unclear', 'Not in this data.'))).toBe('right')
  })

  it('is a false answer when data comes back, even no rows', async () => {
    expect(await verdict(asked, data([['North']]))).toBe('false_answer')
    expect(await verdict(asked, data([]))).toBe('false_answer')
  })

  it('says whether the SQL of data runs that should not have come', async () => {
    const runs = async (sql: string) =>
      (await judgeAnswer(asked, data([['North']], { sql }), judge)).runs
    expect([await runs('SELECT region FROM t'), await runs('SELECT nothing')]).toEqual([
      true,
      false,
    ])
    expect((await judgeAnswer(asked, askedBack, judge)).runs).toBeUndefined()
  })

  it('is not right by accident: faults, catalog texts and questions back', async () => {
    expect(await verdict(asked, failure('model_unavailable'))).toBe('failed')
    expect(await verdict(asked, text('catalog', 'There are two tables.'))).toBe('wrong')
    expect(await verdict(asked, askedBack)).toBe('asked_back')
  })
})

describe('a question that expects a question back', () => {
  const asked = question({ sqls: [], expects: 'clarification' })

  it('is right with one, false with data, and not right with a refusal', async () => {
    expect(await verdict(asked, askedBack)).toBe('right')
    expect(await verdict(asked, data([['North']]))).toBe('false_answer')
    expect(await verdict(asked, failure('not_understood'))).toBe('refused')
  })
})
