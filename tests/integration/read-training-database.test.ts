/** What becomes of gold SQL before it is trained on: it runs, or it is left out and counted. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { passOfTemplate } from '../../agents/training/make-template-questions.js'
import { SqliteRunner } from '../../data/evaluation/sqlite/sqlite-runner.js'
import { readTrainingDatabase } from '../../src/commands/train/read-training-database.js'
import { writeSqliteFile } from '../support/sqlite-file.js'

let folder: string
const runner = new SqliteRunner(3_000)

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'parley-gold-'))
})

afterAll(async () => {
  await runner.close()
  await rm(folder, { recursive: true })
})

const question = (id: string, sql: string) => ({
  id,
  database: 'pets',
  wordings: [`question ${id}`] as const,
  sql,
})

it('keeps the questions whose SQL runs and says why it left out the others', async () => {
  const path = join(folder, 'pets.sqlite')
  writeSqliteFile(path, [
    'CREATE TABLE pets (name TEXT, weight REAL)',
    "INSERT INTO pets VALUES ('Rex', 12.5), ('Mia', 4)",
  ])
  const questions = [
    question('right', 'SELECT name FROM pets WHERE weight > 5'),
    question('unknown column', 'SELECT colour FROM pets'),
    question('no SQL', 'how many pets'),
    question('unknown function', 'SELECT shout(name) FROM pets'),
  ]
  const { database, rejected } = await readTrainingDatabase(
    { name: 'pets', path, questions },
    runner,
  )
  expect(database.questions.map(({ id, joinFree }) => [id, joinFree])).toEqual([
    ['right', 'select pets.name where pets.weight > 5'],
  ])
  expect(rejected).toEqual(['not_encoded', 'not_encoded', 'gold_fails'])
})

it('adds what templates ask in each pass', async () => {
  const path = join(folder, 'asked.sqlite')
  writeSqliteFile(path, [
    'CREATE TABLE pets (name TEXT, weight REAL)',
    "INSERT INTO pets VALUES ('Rex', 12.5), ('Mia', 4), ('Tom', 5)",
  ])
  const wishes = { count: 3, passes: [1, 2], seed: 1 }
  const own = question('right', 'SELECT name FROM pets')
  const source = { name: 'asked', path, questions: [own] }
  const { database } = await readTrainingDatabase(source, runner, wishes)
  const asked = database.questions.slice(1)
  expect(asked.map(passOfTemplate)).toEqual([1, 1, 1, 2, 2, 2])
  for (const { tables } of asked) expect(tables).toEqual(['pets'])
})

it('rejects a database file that is none', async () => {
  const path = join(folder, 'broken.sqlite')
  await writeFile(path, 'SQLite format 3 it is not')
  const read = readTrainingDatabase({ name: 'broken', path, questions: [] }, runner)
  await expect(read).rejects.toThrow()
})
