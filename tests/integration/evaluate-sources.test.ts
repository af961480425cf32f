/** What `parley evaluate` reads beside SQLite files, and what it measures beside answers. */
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { EvaluationQuestion } from '../../data/evaluation/evaluation-question.js'
import { evaluate } from '../../src/commands/evaluate.js'
import type { EvaluateOptions } from '../../src/commands/evaluation-settings.js'
import { askThrough } from '../../src/commands/open-evaluated-source.js'
import { readConfig } from '../../src/config.js'
import { standInOrchestrator } from '../support/stand-in-orchestrator.js'

let folder: string
const at = (name: string) => join(folder, name)

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'parley-sources-'))
  const pets = [
    ['Rex', 'dog', 12],
    ['Mia', 'cat', 4],
    ['Bo', 'dog', 9],
    ['Lu', 'fish', 1],
  ]
  const rows = pets.map((row) => row.join(','))
  await writeFile(at('pets.csv'), `${['name,kind,weight', ...rows].join('\n')}\n`)
})

afterAll(() => rm(folder, { recursive: true }))

async function reportOf(questions: readonly object[], options: EvaluateOptions) {
  const lines = questions.map((row) => JSON.stringify({ source: 'pets.csv', ...row }))
  await writeFile(at('questions.jsonl'), lines.join('\n'))
  const read = readConfig({
    PARLEY_HOME: at('home'),
    PARLEY_OFFLINE: '1',
    PARLEY_LOG_LEVEL: 'error',
  })
  if (!read.ok) throw new Error(read.problems.join(' '))
  const nothing = () => {}
  const terminal = {
    print: nothing,
    say: nothing,
    settle: nothing,
    onWeights: nothing,
    onProgress: nothing,
  }
  const asked = {
    data: at('questions.jsonl'),
    generator: 'rules',
    out: at('report.json'),
    ...options,
  }
  const { signal } = new AbortController()
  expect(await evaluate(asked, { config: read.config, terminal, signal })).toBe(0)
  return JSON.parse(await readFile(at('report.json'), 'utf8'))
}

it('a CSV file is judged by DuckDB, and ties are forgiven where asked', async () => {
  const gold = 'SELECT kind FROM pets GROUP BY kind ORDER BY count(*) ASC LIMIT 1'
  const questions = [
    { id: 'count', question: 'How many pets are there?', sql: 'SELECT count(*) FROM pets' },
    {
      id: 'tied',
      question: 'List the names of pets',
      sql: 'SELECT name FROM pets ORDER BY weight > 0',
    },
    { id: 'wrong', question: 'How many pets are there?', sql: gold },
  ]
  const report = await reportOf(questions, { rules: 'ties' })
  expect(report).toMatchObject({
    rules: 'ties',
    right: 2,
    total: 3,
    withTies: { right: 2, total: 3 },
    validSql: { right: 3, total: 3 },
    errorKinds: { wrong_column: { right: 1 } },
  })
})

it('the chart that the product draws of the gold result is compared with the one expected', async () => {
  const bars = 'Number of pets by kind as a bar chart'
  const sql = 'SELECT kind, count(*) AS pets FROM pets GROUP BY kind'
  const report = await reportOf(
    [
      { id: 'bar', question: bars, sql, chart: 'bar' },
      { id: 'pie', question: bars, sql, chart: 'pie' },
    ],
    {},
  )
  expect(report.charts).toMatchObject({
    same: { right: 1, total: 2 },
    pairs: { 'bar → bar': 1, 'pie → bar': 1 },
  })
})

it("the experts' remark stands behind the question, unless it is not wanted", async () => {
  const orchestrator = standInOrchestrator()
  const { signal } = new AbortController()
  const question: EvaluationQuestion = {
    id: '1',
    question: 'Total sales',
    evidence: 'sales means amount',
    sqls: [],
    expects: 'answer',
    intent: 'metric',
  }
  for (const withEvidence of [true, false]) {
    await askThrough(orchestrator, { generator: 'rules', withEvidence }, signal)(question)
  }
  expect(orchestrator.calls.map((call) => call.question)).toEqual([
    'Total sales (sales means amount)',
    'Total sales',
  ])
})
