/** WikiSQL's layout, in a folder the test makes, and the databases made for its tables. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createRandom } from '../../../data/random.js'
import { makeDatabase } from '../../../data/training/made-database.js'
import { verifyQuestion } from '../../../data/training/verify-question.js'
import { columnName } from '../../../data/training/wikisql/column-name.js'
import { makeWikiDatabases } from '../../../data/training/wikisql/make-wiki-databases.js'
import { judgeQuestions, readWikiSql } from '../../../data/training/wikisql/read-wikisql.js'
import type { WikiTable } from '../../../data/training/wikisql/wiki-question.js'

let folder = ''

const headers = { 0: 'PORT', 1: 'HARBOUR_MASTER', 2: 'BERTHS', 3: 'YEAR(S)_BUILT' }

async function read(...asked: readonly (readonly [question: string, sql: string])[]) {
  const lines = asked.map(([question, sql]) =>
    JSON.stringify({ table_id: '9-1', question, sql_cols: sql, known_columns: headers }),
  )
  await writeFile(join(folder, 'train_partial.jsonl'), lines.join('\n'))
  return judgeQuestions(await readWikiSql(folder))
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'parley-wikisql-'))
})

afterAll(() => rm(folder, { recursive: true }))

describe('WikiSQL', () => {
  it('takes the spelling of values from the question where the set lost it', async () => {
    const { tables } = await read([
      'Who is the harbour master of the port Ystad?',
      'SELECT  col1 FROM table WHERE col0 = YSTAD',
    ])
    expect(tables[0]?.questions[0]?.conditions).toEqual([
      { column: 0, operator: '=', value: 'Ystad' },
    ])
  })

  it('leaves out what the question does not ask, and says why', async () => {
    const { tables, rejected } = await read(
      ['Who is the harbour master of that place?', 'SELECT  col1 FROM table WHERE col0 = Malmo'],
      ['Which port has 9 berths in all?', 'SELECT AVG col0 FROM table WHERE col2 = 9'],
      [
        'Which port has 9 berths and Lind as harbour master?',
        'SELECT  col0 FROM table WHERE col1 = 9',
      ],
      ['Which region has 12 berths?', 'SELECT  col7 FROM table WHERE col2 = 12'],
      ['What port has more than 12 berths?', 'SELECT  col0 FROM table WHERE col2 < 12'],
    )
    expect(tables).toEqual([])
    expect(rejected).toEqual({ value_not_in_question: 1, wording: 3, unnamed_column: 1 })
  })

  it('finds what a question names instead of the value of its SQL', async () => {
    const { doubtful, tables } = await read(
      ['Who is the harbour master of Ystad?', 'SELECT  col1 FROM table WHERE col0 = Malmo'],
      ['Which port has 1,200 berths?', 'SELECT  col0 FROM table WHERE col2 = 14'],
      ['What port was built on May 26, 1908?', 'SELECT  col0 FROM table WHERE col3 = Oct 1, 1911'],
      ['what port has a harbour master of o. lind?', 'SELECT  col0 FROM table WHERE col1 = Berg'],
    )
    const values = doubtful.get('9-1')?.map(({ conditions }) => conditions[0]?.value)
    expect(values).toEqual(['Ystad', '1200', 'May 26, 1908', 'o. lind'])
    expect(tables).toEqual([])
  })

  it('does not choose between two values that a question names', async () => {
    const { rejected } = await read(
      ['Does Lind run Ystad or does Berg?', 'SELECT  col0 FROM table WHERE col1 = Holm'],
      ['Which port had 9 berths when it was 8?', 'SELECT  col0 FROM table WHERE col2 = 12'],
    )
    expect(rejected).toEqual({ value_not_in_question: 2 })
  })

  it('keeps apart what lacks one sign of asking for its SQL', async () => {
    const { doubtful, unasked, rejected } = await read(
      ['What is the name of the boss in Ystad?', 'SELECT  col1 FROM table WHERE col0 = Ystad'],
      ['Is Ystad the harbour master of 9 berths?', 'SELECT  col0 FROM table WHERE col1 = 9'],
    )
    expect(doubtful.get('9-1')?.map(({ text }) => text)).toEqual([
      'What is the name of the boss in Ystad?',
    ])
    expect(unasked.map(({ id }) => id)).toEqual(['9-1'])
    expect(rejected).toEqual({ wording: 2 })
  })

  it('gives headers the names that columns have', () => {
    const names = ['YEAR(S)_BUILT', 'HEIGHT_(M)', '2ND_LEG', 'PICK_#', '2011', 'DÁIL', '日本']
    expect(names.map(columnName)).toEqual([
      'year_built',
      'height_m',
      'second_leg',
      'pick_number',
      'year_2011',
      'dail',
      undefined,
    ])
  })
})

const ports: WikiTable = {
  id: '9-1',
  columns: new Map([
    [0, 'port'],
    [1, 'harbour_master'],
    [2, 'berths'],
  ]),
  questions: [
    {
      id: 'w-1',
      text: "Who is the harbour master of the port O'Neill?",
      column: 1,
      conditions: [{ column: 0, operator: '=', value: "O'Neill" }],
    },
    {
      id: 'w-2',
      text: 'How many ports have more than 12 berths?',
      aggregate: 'COUNT',
      column: 0,
      conditions: [{ column: 2, operator: '>', value: '12' }],
    },
  ],
}
const kilns: WikiTable = {
  id: '9-2',
  columns: new Map([
    [0, 'kiln'],
    [1, 'glaze'],
    [2, 'fired_by'],
  ]),
  questions: [
    {
      id: 'w-3',
      text: 'Who fired the kiln with the celadon glaze?',
      column: 2,
      conditions: [{ column: 1, operator: '=', value: 'celadon' }],
    },
  ],
}

describe('databases made for WikiSQL', () => {
  it('answer every question with a row, through the code that checks real ones', async () => {
    for (let seed = 1; seed <= 20; seed++) {
      for (const { tables, questions } of makeWikiDatabases([ports, kilns], createRandom(seed))) {
        const { catalog, run, close } = await makeDatabase(tables)
        for (const { sql } of questions) {
          expect(await verifyQuestion(sql, catalog, run)).toMatchObject({ ok: true })
          expect(await run(sql)).not.toMatchObject({ rows: [] })
        }
        close()
      }
    }
  })

  it('keep numbers that are compared as numbers, and names as text', () => {
    const [made] = makeWikiDatabases([ports], createRandom(1))
    const types = new Map(
      made?.tables[0]?.columns.map(({ name, type }) => [name.toLowerCase(), type]),
    )
    expect(types.get('berths')).toBe('INTEGER')
    expect(types.get('port')).toBe('TEXT')
  })

  it('hold tables that distract, but none that could answer a question of another', () => {
    const together = makeWikiDatabases([ports, kilns], createRandom(1))
    expect(together.map(({ tables }) => tables.length)).toEqual([2])
    const apart = makeWikiDatabases([ports, { ...ports, id: '9-3' }], createRandom(1))
    expect(apart.map(({ tables }) => tables.length)).toEqual([1, 1])
  })
})
