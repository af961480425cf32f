/** Failed attempts in training rows: what they say is what the product itself tells its model before the next try. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { buildPacks } from '../../agents/training/build-packs.js'
import { findFailures } from '../../agents/training/repairs/find-failures.js'
import type { TrainingDatabase } from '../../agents/training/training-question.js'
import { openDuckDbDatabase } from '../../data/duckdb/duckdb-database.js'
import { writeDatabaseFile } from '../../data/duckdb/write-database-file.js'
import { completeJoinFree } from '../../data/join-free/complete-join-free.js'
import { openSqliteDatabase } from '../../data/sqlite/sqlite-database.js'
import { createOrchestrator } from '../../src/index.js'
import { clinicTables } from '../support/clinic-tables.js'
import { copyToSqlite } from '../support/copy-to-sqlite.js'
import { modelsOf, scriptedModel } from '../support/scripted-model.js'

const rightSql: readonly (readonly [sql: string, ...tables: string[]])[] = [
  ["select owners.first_name where owners.town = 'Tarn'", 'owners'],
  ['select owners.town group by owners.town order by count(*) desc limit 1', 'owners'],
  ['select owners.town group by owners.town having count(*) > 1', 'owners'],
  ['select animals.species where animals.weight > (select avg(animals.weight))', 'animals'],
  ["select sum(visits.fee) where vets.town = 'Welby'", 'visits', 'vets'],
  ["select vets.last_name where vets.last_name like 'V%'", 'vets'],
  ['select letters.subject', 'letters'],
  [
    "select animals.species where animals.owner_id in (select owners.owner_id where owners.town = 'Tarn')",
    'animals',
    'owners',
  ],
]
/** As only some questions get a failed attempt. */
const questions = Array.from({ length: 12 }, (_, round) =>
  rightSql.map(([joinFree, ...tables], at) => ({
    id: `${round}-${at}`,
    wordings: [`Case ${round} of ${at}?`] as const,
    joinFree,
    tables,
  })),
).flat()

let folder: string
let found: Readonly<Record<Engine, TrainingDatabase>>

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'parley-repairs-'))
  await writeDatabaseFile(join(folder, 'clinic.duckdb'), async (connection) => {
    for (const statement of clinicTables) await connection.run(statement)
  })
  await copyToSqlite(join(folder, 'clinic.duckdb'), join(folder, 'clinic.sqlite'))
  found = { duckdb: await withFailures('duckdb'), sqlite: await withFailures('sqlite') }
})

afterAll(() => rm(folder, { recursive: true }))

const open = { duckdb: openDuckDbDatabase, sqlite: openSqliteDatabase }
type Engine = keyof typeof open

async function withFailures(engine: Engine): Promise<TrainingDatabase> {
  const served = await open[engine](join(folder, `clinic.${engine}`), { label: 'clinic' })
  try {
    const catalog = await served.introspect()
    const database = { name: 'clinic', catalog, questions, linkValues: () => [] }
    return await findFailures(database, served, 1)
  } finally {
    await served.close()
  }
}

const failedAttempt = /Wrong: .*\nBecause: .*\n/

/** What a model that writes `sql` reads at its second try. */
async function toldBy(ask: (question: string) => Promise<unknown>, prompts: readonly string[]) {
  const before = prompts.length
  await ask('Which animals are there?')
  return prompts.slice(before).flatMap((prompt) => failedAttempt.exec(prompt) ?? [])[0]
}

it.each(['duckdb', 'sqlite'] as const)('tell what the product tells on %s', async (engine) => {
  const { catalog, questions } = found[engine]
  const tried = questions.flatMap(({ failure }) => failure ?? [])
  const served = tried.filter(({ sql }) => completeJoinFree(sql, catalog).ok).slice(0, 6)
  expect(served.length).toBe(6)
  let wrong = ''
  const prompts: string[] = []
  const model = scriptedModel(({ prompt }) => {
    prompts.push(prompt)
    return failedAttempt.test(prompt) ? 'select animals.species' : wrong
  })
  const orchestrator = await createOrchestrator({
    home: join(folder, `home-${engine}`),
    offline: true,
    logLevel: 'error',
    source: join(folder, `clinic.${engine}`),
    models: modelsOf(model),
  })
  try {
    const ask = (question: string) => orchestrator.process(question, { generator: 'local' })
    for (const { sql, reason } of served) {
      wrong = sql
      expect(await toldBy(ask, prompts)).toBe(`Wrong: ${sql}\nBecause: ${reason}\n`)
    }
  } finally {
    await orchestrator.close()
  }
})

it('say of names that do not exist what the completer says', () => {
  const { catalog, questions } = found.sqlite
  const unknown = questions
    .flatMap(({ failure }) => failure ?? [])
    .map(({ sql, reason }) => ({ reason, completed: completeJoinFree(sql, catalog) }))
    .filter(({ completed }) => !completed.ok)
  expect(unknown.length).toBeGreaterThan(0)
  for (const { reason, completed } of unknown) {
    expect(completed).toMatchObject({ ok: false, message: reason })
  }
})

it('stand in the rows, and lead to SQL that is right', () => {
  const database = found.duckdb
  const countTokens = (text: string) => text.split(/\s+/).length
  const rows = Array.from({ length: 4 }, (_, at) =>
    buildPacks(database, { seed: 1, pass: at + 1, varied: true, countTokens }),
  ).flatMap((packs) => packs.flatMap((pack) => pack.rows))
  const retried = rows.filter(({ suffix }) => failedAttempt.test(suffix))
  expect(retried.length).toBeGreaterThan(0)
  for (const { id, suffix, target } of retried) {
    const { failure, joinFree = '' } = database.questions.find((each) => each.id === id) ?? {}
    expect(suffix).toContain(`Wrong: ${failure?.sql}\nBecause: ${failure?.reason}\nQuestion: `)
    expect(target).toBe(` ${joinFree.replace(' like ', ' ilike ')}`)
  }
})

it('are the same for the same seed, and none is SQL that runs', async () => {
  const first = found.sqlite
  expect((await withFailures('sqlite')).questions).toEqual(first.questions)
  const served = await openSqliteDatabase(join(folder, 'clinic.sqlite'), { label: 'clinic' })
  try {
    for (const { failure } of first.questions) {
      if (!failure) continue
      const completed = completeJoinFree(failure.sql, first.catalog)
      if (completed.ok) expect(await served.explain(completed.sql)).toBeDefined()
    }
  } finally {
    await served.close()
  }
})
