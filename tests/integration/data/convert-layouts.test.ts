/** Published layouts, in small: what `parley data convert` makes of them, and that its SQL runs. */
import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { convertLayout } from '../../../data/evaluation/convert/convert-layout.js'
import { readQuestions } from '../../../data/evaluation/evaluation-question.js'
import { SqliteRunner } from '../../../data/evaluation/sqlite/sqlite-runner.js'
import { writeSqliteFile } from '../../support/sqlite-file.js'

let folder: string
const runner = new SqliteRunner()

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'parley-convert-'))
})

afterAll(async () => {
  await runner.close()
  await rm(folder, { recursive: true })
})

async function write(name: string, content: unknown): Promise<void> {
  const path = join(folder, name)
  await mkdir(dirname(path), { recursive: true })
  const lines = Array.isArray(content) && name.endsWith('.jsonl')
  const json = lines
    ? content.map((row) => JSON.stringify(row)).join('\n')
    : JSON.stringify(content)
  await writeFile(path, typeof content === 'string' ? content : json)
}

async function writePets(path: string): Promise<void> {
  await mkdir(dirname(join(folder, path)), { recursive: true })
  writeSqliteFile(join(folder, path), [
    'CREATE TABLE pets (name TEXT, kind TEXT, born TEXT, weight REAL)',
    "INSERT INTO pets VALUES ('Rex', 'dog', '2020-05-01', 12), ('Mia', 'cat', '2021-02-03', 4), ('Bo', 'dog', '2021-07-09', 9)",
  ])
}

/** The questions as the evaluation reads them, and the rows that their gold SQL gives. */
async function convert(
  layout: Parameters<typeof convertLayout>[0],
  name: string,
  changes: object = {},
) {
  const out = join(folder, 'out', `${name}.jsonl`)
  const input = { folder: join(folder, name), split: 'dev', out, ...changes }
  const converted = await convertLayout(layout, input)
  if (!converted.ok) throw new Error(converted.message)
  const read = await readQuestions(out)
  if (!read.ok) throw new Error(read.message)
  const results = []
  for (const { source = '', sqls } of read.questions) {
    const path = join(dirname(out), source)
    const outcome = await runner.run({ path, sql: sqls[0] ?? '', maxRows: 10 })
    results.push(outcome.ok ? outcome.rows : outcome.message)
  }
  return { questions: read.questions, leftOut: converted.leftOut, results }
}

describe('Spider', () => {
  it('gives its questions, and says which have no database', async () => {
    await writePets('spider/database/pets/pets.sqlite')
    await write('spider/dev.json', [
      { db_id: 'pets', query: 'SELECT count(*) FROM pets', question: 'How many pets?' },
      { db_id: 'lost', query: 'SELECT 1', question: 'What is lost?' },
    ])
    const { questions, leftOut, results } = await convert('spider', 'spider')
    expect(questions).toMatchObject([
      { id: 'dev-0', question: 'How many pets?', source: expect.stringMatching(/pets\.sqlite$/) },
    ])
    expect(leftOut).toEqual([expect.stringMatching(/^1 left out: there is no .*lost\.sqlite\.$/)])
    expect(results).toEqual([[[3]]])
  })

  it('joins both training files, and takes the synonyms of Spider-Syn', async () => {
    await writePets('both/database/pets/pets.sqlite')
    const row = { db_id: 'pets', query: 'SELECT 1', question: 'One?' }
    await write('both/train_spider.json', [{ ...row, SpiderSynQuestion: 'A single one?' }])
    await write('both/train_others.json', [row])
    const { questions } = await convert('spider', 'both', { split: 'train' })
    expect(questions.map(({ id, question }) => [id, question])).toEqual([
      ['train_spider-0', 'A single one?'],
      ['train_others-0', 'One?'],
    ])
  })
})

describe('BIRD', () => {
  it('keeps the evidence where there is one', async () => {
    await writePets('bird/dev_databases/pets/pets.sqlite')
    const row = { db_id: 'pets', SQL: 'SELECT 1', question: 'One?' }
    const evidence = 'heavy means weight > 10'
    await write('bird/dev.json', [
      { ...row, question_id: 7, evidence },
      { ...row, evidence: ' ' },
    ])
    const { questions } = await convert('bird', 'bird')
    expect(questions.map((question) => [question.id, question.evidence])).toEqual([
      ['dev-7', evidence],
      ['dev-1', undefined],
    ])
  })
})

describe('WikiSQL', () => {
  it('becomes a database for each table, and SQL that forgives case', async () => {
    const header = ['Name', '', 'name']
    const rows = [
      ['Rex', 'Big dog', 12],
      ['Mia', 'Cat', 4],
    ]
    await write('wikisql/dev.tables.jsonl', [
      { id: '1-2', header, types: ['text', 'text', 'real'], rows },
    ])
    await write('wikisql/dev.jsonl', [
      { table_id: '1-2', question: 'Who?', sql: { sel: 0, agg: 0, conds: [[1, 0, 'BIG DOG']] } },
      { table_id: '1-2', question: 'How many?', sql: { sel: 2, agg: 3, conds: [[2, 1, '3']] } },
      { table_id: '9-9', question: 'Lost?', sql: { sel: 0, agg: 0, conds: [] } },
    ])
    const { results, leftOut } = await convert('wikisql', 'wikisql')
    expect(results).toEqual([[['Rex']], [[2]]])
    expect(leftOut).toEqual(['1 left out: their table is not in dev.tables.jsonl'])
  })
})

describe('nvBench', () => {
  const line = { n: 0, db_id: 'pets', question: 'Draw pets' }
  const vql = 'Visualize BAR SELECT kind , COUNT(kind) FROM pets GROUP BY kind ORDER BY kind ASC'

  it('keeps the kind of chart and turns binning into grouping', async () => {
    await writePets('nvbench/database/pets/pets.sqlite')
    const binned =
      'Visualize LINE SELECT born , COUNT(born) FROM pets ORDER BY born BIN born BY YEAR'
    const grouped =
      'Visualize STACKED BAR SELECT born , COUNT(born) FROM pets GROUP BY kind BIN born BY YEAR'
    await write('nvbench/nvbench_dev.jsonl', [
      { ...line, id: '1', chart: 'Bar', vql },
      { ...line, id: '2', chart: 'Line', vql: binned },
      { ...line, id: '3', chart: 'Stacked Bar', vql: grouped },
    ])
    const { questions, results } = await convert('nvbench', 'nvbench')
    expect(questions.map(({ id, chart }) => [id, chart])).toEqual([
      ['1-0', 'bar'],
      ['2-0', 'line'],
      ['3-0', 'stacked_bar'],
    ])
    const years = [
      [2020, 1],
      [2021, 2],
    ]
    expect(results.slice(0, 2)).toEqual([
      [
        ['cat', 1],
        ['dog', 2],
      ],
      years,
    ])
    expect(new Set(results[2] as [])).toEqual(
      new Set([
        [2020, 1, 'dog'],
        [2021, 1, 'cat'],
        [2021, 1, 'dog'],
      ]),
    )
  })

  it('takes bare years for years', async () => {
    await writePets('years/database/pets/pets.sqlite')
    const vql = 'Visualize BAR SELECT y , COUNT(y) FROM (SELECT 1998 AS y) BIN y BY YEAR'
    await write('years/nvbench_dev.jsonl', [{ ...line, id: '1', chart: 'Bar', vql }])
    expect((await convert('nvbench', 'years')).results).toEqual([[[1998, 1]]])
  })

  it('has each wording of its official file', async () => {
    await writePets('official/database/pets/pets.sqlite')
    const entry = { db_id: 'pets', chart: 'Bar', vis_query: { VQL: vql } }
    await write('official/NVBench.json', { 5: { ...entry, nl_queries: ['Draw pets', 'Bars!'] } })
    const { questions } = await convert('nvbench', 'official')
    expect(questions.map(({ id, question }) => [id, question])).toEqual([
      ['5-0', 'Draw pets'],
      ['5-1', 'Bars!'],
    ])
  })
})

describe('what is not as its layout promises', () => {
  it('is told as a sentence, and nothing is written', async () => {
    const out = join(folder, 'out', 'wrong.jsonl')
    const messageOf = async (name: string) => {
      const converted = await convertLayout('spider', {
        folder: join(folder, name),
        split: 'dev',
        out,
      })
      return converted.ok ? '' : converted.message
    }
    expect(await messageOf('nowhere')).toMatch(/^There is no dev\.json and no dev_syn\.json in /)
    await write('no-list/dev.json', { questions: [] })
    expect(await messageOf('no-list')).toBe('dev.json is not a list of questions.')
    await write('no-query/dev.json', [{ db_id: 'pets', question: 'One?' }])
    expect(await messageOf('no-query')).toMatch(/^Question 1: query /)
    await write('torn/dev.json', '[{"db_id": "pe')
    expect(await messageOf('torn')).toBe('dev.json is not a list of questions.')
    expect(existsSync(out)).toBe(false)
  })

  it('is an empty list when no question has its database', async () => {
    await write('empty/dev.json', [{ db_id: 'lost', query: 'SELECT 1', question: 'One?' }])
    const out = join(folder, 'out', 'empty.jsonl')
    const input = { folder: join(folder, 'empty'), split: 'dev', out }
    expect(await convertLayout('spider', input)).toMatchObject({ ok: true, questions: [] })
    await expect(readFile(out)).rejects.toThrow()
  })
})
