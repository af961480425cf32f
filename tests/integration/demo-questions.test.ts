/** The hand-written questions over the demo: every gold SQL runs, finds something, and agrees with itself. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type DuckDBConnection, DuckDBInstance } from '@duckdb/node-api'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { demoFile } from '../../data/demo/demo-file.js'
import { retail } from '../../data/demo/retail/retail.js'
import { toValue } from '../../data/duckdb/cell-value.js'
import {
  type EvaluationQuestion,
  readQuestions,
} from '../../data/evaluation/evaluation-question.js'
import { matchGold } from '../../data/evaluation/gold-results.js'
import type { ScoredDatabase } from '../../data/evaluation/score-sql.js'

const files = {
  evaluation: new URL('../../data/demo/retail/questions.jsonl', import.meta.url).pathname,
  development: new URL('../fixtures/retail-development.jsonl', import.meta.url).pathname,
}
/** More rows than this and a door would deliver only a part of the answer. */
const MAX_GOLD_ROWS = 1_000

let home: string
let instance: DuckDBInstance
let connection: DuckDBConnection

const outcomes = new Map<string, ReturnType<ScoredDatabase['run']>>()

/** Each SQL runs once, however often it is compared. */
const gold: ScoredDatabase = {
  run: (sql) => {
    const known = outcomes.get(sql) ?? run(sql)
    outcomes.set(sql, known)
    return known
  },
}

const run: ScoredDatabase['run'] = async (sql) => {
  const reader = await connection.runAndReadAll(sql)
  const rows = reader.getRows().map((row) => row.map(toValue))
  return { ok: true, rows, truncated: false }
}

async function rowsOf(sql: string) {
  const outcome = await gold.run(sql)
  return outcome.ok ? outcome.rows : []
}

async function load(file: keyof typeof files): Promise<readonly EvaluationQuestion[]> {
  const read = await readQuestions(files[file])
  if (!read.ok) throw new Error(read.message)
  return read.questions
}

beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'parley-questions-'))
  instance = await DuckDBInstance.create(await demoFile(retail, home), { access_mode: 'READ_ONLY' })
  connection = await instance.connect()
}, 60_000)

afterAll(async () => {
  connection.closeSync()
  instance.closeSync()
  await rm(home, { recursive: true })
})

describe.each(['evaluation', 'development'] as const)('the %s questions', (file) => {
  it('have gold SQL that binds and finds something', async () => {
    const failures: string[] = []
    for (const { id, sqls } of await load(file)) {
      for (const sql of sqls) {
        const rows = await rowsOf(sql).catch((error: unknown) => String(error))
        if (typeof rows === 'string') failures.push(`${id}: ${rows}`)
        else if (rows.flat().every((cell) => cell === null)) failures.push(`${id}: empty`)
        else if (rows.length > MAX_GOLD_ROWS) failures.push(`${id}: ${rows.length} rows`)
      }
    }
    expect(failures).toEqual([])
  })

  it('take the result of each of their gold SQLs as right, and that of another question as wrong', async () => {
    const asked = (await load(file)).filter(({ sqls }) => sqls.length > 0)
    const failures: string[] = []
    let confused = 0
    for (const [at, question] of asked.entries()) {
      for (const sql of question.sqls) {
        const match = await matchGold(await rowsOf(sql), question, gold)
        if (match !== 'same') failures.push(question.id)
      }
      const other = asked[(at + 1) % asked.length]?.sqls[0] ?? ''
      const match = await matchGold(await rowsOf(other), question, gold)
      if (match === 'same') confused += 1
    }
    expect(failures).toEqual([])
    expect(confused / asked.length).toBeLessThan(0.02)
  })

  it('say what to expect where there is no gold SQL', async () => {
    for (const { id, sqls, expects, intent, contains } of await load(file)) {
      if (sqls.length > 0 || expects !== 'answer') continue
      expect([id, intent === 'chit_chat' || (contains ?? []).length > 0]).toEqual([id, true])
    }
  })

  it('cover every way in which a question can be meant', async () => {
    const questions = await load(file)
    const intents = new Set(questions.map(({ intent }) => intent))
    expect([...intents].sort()).toEqual([
      'catalog',
      'chit_chat',
      'comparison',
      'distribution',
      'follow_up',
      'listing',
      'lookup',
      'metric',
      'ranking',
      'trend',
      'unclear',
      'unsafe',
    ])
    const count = (expects: string) => questions.filter((one) => one.expects === expects).length
    expect(count('clarification')).toBeGreaterThanOrEqual(4)
    expect(count('refusal')).toBeGreaterThanOrEqual(8)
    expect(questions.length).toBeGreaterThanOrEqual(file === 'evaluation' ? 96 : 70)
  })
})

it('development shares no question with evaluation', async () => {
  const words = (text: string) =>
    text
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, ' ')
      .trim()
  const seen = new Set((await load('evaluation')).map(({ question }) => words(question)))
  const shared = (await load('development')).filter(({ question }) => seen.has(words(question)))
  expect(shared).toEqual([])
})

it('every turn of a conversation follows an opening question', async () => {
  for (const file of ['evaluation', 'development'] as const) {
    const opened = new Set<string>()
    for (const { id, intent, conversation } of await load(file)) {
      const isFirst = conversation === undefined || !opened.has(conversation)
      expect([id, isFirst]).toEqual([id, intent !== 'follow_up'])
      if (conversation) opened.add(conversation)
    }
  }
})
