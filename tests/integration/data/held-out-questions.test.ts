/** Questions of the hospital that nothing was trained or tuned on: every gold SQL runs through the guard and has one answer. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Value } from '../../../data/catalog.js'
import type { Database } from '../../../data/database.js'
import { healthcare } from '../../../data/demo/healthcare/healthcare.js'
import { openDuckDbDatabase } from '../../../data/duckdb/duckdb-database.js'
import {
  type EvaluationQuestion,
  readQuestions,
} from '../../../data/evaluation/evaluation-question.js'
import { withOrderKeys } from '../../../data/evaluation/order-keys.js'
import { openSource } from '../../../data/sources/open-source.js'
import { packageRoot } from '../../../models/package-root.js'

const file = 'data/demo/healthcare/held-out.jsonl'
const fewest = 80

let home: string
let database: Database

beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'parley-held-out-'))
  const opened = await openSource('demo:healthcare', home)
  if (!opened.ok) throw new Error(opened.failure.message)
  database = await openDuckDbDatabase(opened.source.path, { label: 'hospital' })
}, 60_000)

afterAll(async () => {
  await database.close()
  await rm(home, { recursive: true })
})

async function load(path: string): Promise<readonly EvaluationQuestion[]> {
  const read = await readQuestions(join(packageRoot, path))
  if (!read.ok) throw new Error(read.message)
  return read.questions
}

/** The rows, or why there are none that a reader could judge by. */
async function answer(sql: string): Promise<readonly (readonly Value[])[] | string> {
  const outcome = await database.query(sql)
  if (!outcome.ok) return outcome.failure.message
  const { rows, truncated } = outcome.result
  if (truncated) return 'more rows than an answer has'
  return rows.flat().some((cell) => cell !== null) ? rows : 'finds nothing'
}

const words = (text: string) => text.toLowerCase().replace(/[^a-z0-9-]+/g, ' ')

describe('the held-out questions', () => {
  it('have gold SQL, each of which runs and finds something', async () => {
    const questions = await load(file)
    expect(questions.length).toBeGreaterThanOrEqual(fewest)
    for (const { id, sqls } of questions) {
      expect([id, sqls.length > 0]).toEqual([id, true])
      for (const sql of sqls) expect([id, typeof (await answer(sql))]).toEqual([id, 'object'])
    }
  }, 120_000)

  it('never leave open which rows a limit keeps', async () => {
    let limited = 0
    for (const { id, sqls } of await load(file)) {
      for (const keyed of sqls.flatMap((sql) => withOrderKeys(sql) ?? [])) {
        if (keyed.limit === undefined) continue
        limited += 1
        const rows = await answer(`${keyed.sql} LIMIT ${keyed.limit + 1}`)
        const keys = typeof rows === 'string' ? [] : rows.map((row) => row.slice(-keyed.keyCount))
        expect([id, keys[keyed.limit]]).not.toEqual([id, keys[keyed.limit - 1]])
      }
    }
    expect(limited).toBeGreaterThan(10)
  }, 120_000)

  it('are asked once each, and none of them is a sample', async () => {
    const held = (await load(file)).map(({ question }) => words(question))
    const samples = (await load(healthcare.samples)).map(({ question }) => words(question))
    expect(new Set([...held, ...samples]).size).toBe(held.length + samples.length)
  })

  it('name the demo that they are about', async () => {
    for (const { source } of await load(file)) expect(source).toBe('demo:healthcare')
  })
})
