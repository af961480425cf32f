/** SQL that cannot run is never given to the user: a model that writes nonsense about a real SQLite file. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { exactCells } from '../../data/evaluation/compare-cells.js'
import { evaluateQuestions } from '../../data/evaluation/evaluate-questions.js'
import { parseQuestions } from '../../data/evaluation/evaluation-question.js'
import { summarise } from '../../data/evaluation/evaluation-report.js'
import { SqliteRunner } from '../../data/evaluation/sqlite/sqlite-runner.js'
import type { CompletionRequest } from '../../models/language-model.js'
import { askThrough } from '../../src/commands/open-evaluated-source.js'
import { createOrchestrator } from '../../src/index.js'
import { modelsOf, scriptedModel } from '../support/scripted-model.js'
import { writeSqliteFile } from '../support/sqlite-file.js'

let folder: string
let path: string

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'parley-nonsense-'))
  path = join(folder, 'pets.sqlite')
  writeSqliteFile(path, [
    'CREATE TABLE owners (owner_id INTEGER PRIMARY KEY, town TEXT)',
    "INSERT INTO owners VALUES (1, 'Oslo'), (2, 'Lyon')",
    'CREATE TABLE pets (pet_id INTEGER PRIMARY KEY, owner_id INTEGER REFERENCES owners, name TEXT, weight REAL)',
    "INSERT INTO pets VALUES (1, 1, 'Rex', 12), (2, 1, 'Mia', 4), (3, 2, 'Bo', 9)",
  ])
})

afterAll(() => rm(folder, { recursive: true }))

/** What a small model may come up with; none of it runs. */
const nonsense = [
  'select',
  'select pets.age',
  'select boats.name',
  'select pets.name where',
  'select pets.name group by group by',
  'select count(pets.name, pets.weight)',
  'select nosuch(pets.name)',
  'select pets.name where pets.weight > (select owners.town, owners.owner_id)',
  'select pets.name union select owners.town, owners.owner_id',
  "select pets.name where pets.name = 'open",
  'delete from pets',
  'select 1; drop table pets',
  'pets pets pets',
  '',
  'select max(sum(pets.weight))',
  'select pets.name order by sum(count(*))',
]

/** Asks as the evaluation does and judges on the same file. */
async function evaluateWith(write: (request: CompletionRequest) => string, count: number) {
  const lines = Array.from({ length: count }, (_, at) =>
    JSON.stringify({
      id: `${at}`,
      question: `Which pets are number ${at}?`,
      sql: 'SELECT name FROM pets',
    }),
  )
  const read = parseQuestions(lines.join('\n'))
  if (!read.ok) throw new Error(read.message)
  const home = join(folder, 'home')
  const models = modelsOf(scriptedModel(write))
  const orchestrator = await createOrchestrator({
    home,
    offline: true,
    logLevel: 'error',
    source: path,
    models,
  })
  const runner = new SqliteRunner()
  const { signal } = new AbortController()
  const database = { run: (sql: string) => runner.run({ path, sql, maxRows: 100 }) }
  const judge = { database, cells: exactCells, keepDistinct: false, rules: 'spider' } as const
  const ask = askThrough(orchestrator, { generator: 'local', withEvidence: false }, signal)
  const close = async () => {
    await orchestrator.close()
    await runner.close()
  }
  const openSource = async () => ({ ok: true, source: { ask, judge, close } }) as const
  return evaluateQuestions({ questions: read.questions, openSource, signal })
}

/** Which question a prompt ends with; it may have examples before. */
function numberOf(prompt: string): number {
  return Number([...prompt.matchAll(/number (\d+)\?/g)].at(-1)?.[1])
}

it('nothing a model makes up is returned unless the engine runs it', async () => {
  const items = await evaluateWith(
    ({ prompt }) => nonsense[numberOf(prompt)] ?? '',
    nonsense.length,
  )
  expect(items.map(({ verdict }) => verdict)).toEqual(nonsense.map(() => 'failed'))
  const { answered, validSql, boundStatements } = summarise(items)
  expect([answered.right, validSql.total, boundStatements.right]).toEqual([0, 0, 0])
  // Most nonsense reads like SQL, so that the engine itself must say no.
  expect(boundStatements.total).toBeGreaterThan(nonsense.length)
})

it('what is put right at the second try is returned, and counts as SQL that runs', async () => {
  const bad = 'select pets.name group by group by'
  const isSecondTry = (prompt: string) => prompt.includes(bad)
  const items = await evaluateWith(
    ({ prompt }) => (isSecondTry(prompt) ? 'select pets.name' : bad),
    1,
  )
  expect(items.map(({ verdict, attempts }) => [verdict, attempts])).toEqual([['right', 2]])
  expect(summarise(items).validSql).toMatchObject({ right: 1, total: 1 })
})
