/** Questions of WikiSQL and their logical forms, as they lie in a folder. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readFormQuestions } from '../../../data/evaluation/wikisql/read-form-questions.js'

describe('a folder of WikiSQL', () => {
  let folder: string
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'parley-forms-'))
  })
  afterAll(() => rm(folder, { recursive: true }))

  const form = {
    sel: 2,
    agg: 4,
    conds: [
      [0, 1, 'Ann'],
      [3, 2, 12],
    ],
  }
  const write = (name: string, ...rows: readonly object[]) =>
    writeFile(join(folder, name), rows.map((row) => `${JSON.stringify(row)}\n`).join(''))

  it('is read as published and with the columns in the line, and gives columns names of their own', async () => {
    await write('dev.jsonl', { table_id: '1-1', question: 'Who?', sql: form })
    await write('dev.tables.jsonl', {
      id: '1-1',
      header: ['Player', 'Points', 'Points', ''],
      types: ['text', 'real', 'real', 'text'],
      rows: [],
    })
    const published = await readFormQuestions(folder)
    const expected = {
      id: 'dev-0',
      question: 'Who?',
      columns: [
        { name: 'Player', type: 'text' },
        { name: 'Points', type: 'real' },
        { name: 'Points 3', type: 'real' },
        { name: 'column 4', type: 'text' },
      ],
      gold: {
        aggregate: 'SUM',
        column: 2,
        conditions: [
          { column: 0, operator: '>', value: 'Ann' },
          { column: 3, operator: '<', value: '12' },
        ],
      },
    }
    expect(published).toMatchObject({ ok: true, questions: [expected] })
    const listed = expected.columns.map(({ type }, at) => ({
      name: ['Player', 'Points', 'Points', ''][at],
      type,
    }))
    await write('dev.jsonl', {
      table_id: '2',
      question: 'Who?',
      columns: listed,
      sql: 'SELECT 1',
      lf: form,
    })
    expect(await readFormQuestions(folder)).toMatchObject({ ok: true, questions: [expected] })
  })

  it('says which line lacks what it needs, and where there is no file', async () => {
    await write('dev.jsonl', { table_id: 'elsewhere', question: 'Who?', sql: form })
    const lacking = await readFormQuestions(folder)
    expect(lacking).toEqual({
      ok: false,
      message: 'Line 1 of dev.jsonl lacks its columns or form.',
    })
    const absent = await readFormQuestions(join(folder, 'nowhere'))
    expect(absent).toMatchObject({
      ok: false,
      message: expect.stringContaining('There is no dev.jsonl'),
    })
  })
})
