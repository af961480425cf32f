/** BIRD's layout, in a folder the test makes, and the databases made again from it. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createRandom } from '../../../data/random.js'
import { makeBirdDatabase } from '../../../data/training/bird/make-bird-database.js'
import { readBird } from '../../../data/training/bird/read-bird.js'
import { type MadeDatabase, makeDatabase } from '../../../data/training/made-database.js'
import { verifyQuestion } from '../../../data/training/verify-question.js'

let folder = ''

const described = {
  orchard: {
    tree: {
      tree_id: 'the tree',
      'kind ': 'apple or pear',
      planted: '',
      grove_id: '',
      apples: 'number of apples',
    },
    grove: { grove_id: '', name: '', slope: '' },
    visit: { tree_id: '', 'visit date': '', guest: '' },
  },
  world: { city: { name: '' } },
  choirs: { choir: { name: '' } },
}
const asked = [
  [
    'How many pears grow in Southfield?',
    'pears refers to kind = "pear";',
    "SELECT COUNT(T1.tree_id) FROM tree AS T1 INNER JOIN grove AS T2 ON T1.grove_id = T2.grove_id WHERE T1.kind = 'pear' AND T2.name = 'Southfield'",
  ],
  [
    'Who came to tree 12 after 2004?',
    null,
    "SELECT T2.guest FROM tree AS T1 INNER JOIN visit AS T2 ON T1.tree_id = T2.tree_id WHERE T1.tree_id = 12 AND strftime('%Y', T2.`visit date`) > '2004'",
  ],
  [
    'Which grove is steepest?',
    '',
    'SELECT name FROM grove WHERE slope > 12.5 ORDER BY slope DESC LIMIT 1',
  ],
] as const

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'parley-bird-'))
  const row = (database: string, [question, evidence, SQL]: (typeof asked)[number]) => ({
    db_id: database,
    question,
    evidence,
    SQL,
  })
  const rows = [
    ...asked.map((one) => row('orchard', one)),
    row('world', asked[2]),
    row('choirs', asked[2]),
  ].map((one, at) => ({ ...one, train_index: at }))
  await writeFile(join(folder, 'train_compact.json'), JSON.stringify(rows))
  await writeFile(join(folder, 'all_db_descriptions.json'), JSON.stringify(described))
})

afterAll(() => rm(folder, { recursive: true }))

async function makeOrchard(): Promise<MadeDatabase & { readonly sqls: readonly string[] }> {
  const [bird] = await readBird(folder, new Set())
  if (bird === undefined) throw new Error('Nothing was read.')
  const { tables, questions } = makeBirdDatabase(bird, createRandom(1))
  return { ...(await makeDatabase(tables)), sqls: questions.map(({ sql }) => sql) }
}

describe('BIRD', () => {
  it('leaves out the databases of the evaluation, and those with the same data', async () => {
    const birds = await readBird(folder, new Set(['choirs']))
    expect(birds.map(({ name }) => name)).toEqual(['bird_orchard'])
  })

  it('has its evidence behind the question, as it is asked in the evaluation', async () => {
    const [bird] = await readBird(folder, new Set())
    expect(bird?.questions.map(({ text }) => text)).toEqual([
      'How many pears grow in Southfield? (pears refers to kind = "pear")',
      'Who came to tree 12 after 2004?',
      'Which grove is steepest?',
    ])
  })
})

describe('a database made again for BIRD', () => {
  it('has the keys that its joins use', async () => {
    const { catalog, close } = await makeOrchard()
    expect(catalog.relationships.map(({ from, to }) => ({ from, to }))).toEqual([
      { from: { table: 'tree', column: 'grove_id' }, to: { table: 'grove', column: 'grove_id' } },
      { from: { table: 'visit', column: 'tree_id' }, to: { table: 'tree', column: 'tree_id' } },
    ])
    expect(catalog.tables.map(({ primaryKey }) => primaryKey)).toEqual([
      ['tree_id'],
      ['grove_id'],
      [],
    ])
    close()
  })

  it('types columns by what they are compared with, called and said to be', async () => {
    const { catalog, close } = await makeOrchard()
    const kinds = new Map(
      catalog.tables.flatMap(({ columns }) => columns.map(({ name, kind }) => [name, kind])),
    )
    expect(Object.fromEntries(kinds)).toMatchObject({
      tree_id: 'number',
      kind: 'text',
      apples: 'number',
      slope: 'number',
      'visit date': 'date',
    })
    close()
  })

  it('holds rows for every question, so that two different queries seldom look alike', async () => {
    const { catalog, run, sqls, close } = await makeOrchard()
    for (const sql of sqls) {
      expect(await verifyQuestion(sql, catalog, run)).toMatchObject({ ok: true })
      expect(await run(sql)).not.toMatchObject({ rows: [] })
    }
    expect(await run(sqls[0] ?? '')).not.toMatchObject({ rows: [[0]] })
    close()
  })
})
