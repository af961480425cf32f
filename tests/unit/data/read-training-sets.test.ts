/** Public sets in their own layouts, in a folder the test makes. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { evaluationDatabases, readTrainingSets } from '../../../data/training/read-training-sets.js'

let folder = ''

const gold = (database: string, question: string, query: string) => ({
  db_id: database,
  question,
  query,
})

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'parley-sets-'))
  const write = (name: string, value: unknown) =>
    writeFile(join(folder, name), JSON.stringify(value))
  await write('train_spider.json', [
    gold('farm', 'How many cows?', 'SELECT count(*) FROM cow'),
    gold('Concerts', 'How many singers?', 'SELECT count(*) FROM singer'),
  ])
  await write('train_others.json', [gold('rivers', 'longest river', 'SELECT name FROM river')])
  await write('dev.json', [gold('concerts', 'How many songs?', 'SELECT count(*) FROM song')])
  await write('train_spider_syn.json', [
    { SpiderQuestion: 'How many cows?', SpiderSynQuestion: 'How many bovines?' },
  ])
  const charts = [
    ['farm', 'Cows by breed', 'Visualize BAR SELECT breed , COUNT(*) FROM cow GROUP BY breed'],
    ['farm', 'Breeds of cows', 'Visualize BAR SELECT breed , COUNT(*) FROM cow GROUP BY breed'],
    [
      'farm',
      'By year',
      'Visualize LINE SELECT born , COUNT(*) FROM cow GROUP BY x BIN born BY YEAR',
    ],
    ['concerts', 'Songs', 'Visualize PIE SELECT kind , COUNT(*) FROM song GROUP BY kind'],
  ]
  const lines = charts.map(([db_id, question, vql]) => JSON.stringify({ db_id, question, vql }))
  await writeFile(join(folder, 'nvbench_train.jsonl'), lines.join('\n'))
})

afterAll(() => rm(folder, { recursive: true }))

describe('training sets', () => {
  it('leave out every database of the evaluation, however its name is written', async () => {
    const questions = await readTrainingSets({ spider: folder, nvBench: folder })
    expect(new Set(questions.map(({ database }) => database))).toEqual(new Set(['farm', 'rivers']))
    expect(await evaluationDatabases(folder)).toEqual(new Set(['concerts']))
  })

  it('give a question its wording with synonyms as a second wording', async () => {
    const [first] = await readTrainingSets({ spider: folder, spiderSyn: folder })
    expect(first?.wordings).toEqual(['How many cows?', 'How many bovines?'])
  })

  it('take the SQL of a chart once, with all its wordings, and leave binned charts out', async () => {
    const questions = await readTrainingSets({ spider: folder, nvBench: folder })
    const charts = questions.filter(({ id }) => id.startsWith('nvbench'))
    expect(charts).toEqual([
      {
        id: 'nvbench-0',
        database: 'farm',
        wordings: ['Cows by breed', 'Breeds of cows'],
        sql: 'SELECT breed , COUNT(*) FROM cow GROUP BY breed',
      },
    ])
  })

  it('take how a dialogue opens, unless the opening needed asking back', async () => {
    const dialogue = (database: string, ...utterances: readonly (string | null)[]) => ({
      db_id: database,
      turns: utterances.map((utterance) => ({
        utterance,
        query: "SELECT name FROM cow WHERE age > = 3 AND name ! = '> ='",
      })),
    })
    const dialogues = [
      dialogue('farm', 'Hello, name the cows. ', null, 'And the old ones?'),
      dialogue('farm', 'Which ones? | Of the cows? | Yes.'),
      dialogue('concerts', 'Name the singers.'),
    ]
    await writeFile(join(folder, 'cosql_train.json'), JSON.stringify(dialogues))
    const questions = await readTrainingSets({ spider: folder, cosql: folder })
    expect(questions.filter(({ id }) => id.startsWith('cosql'))).toEqual([
      {
        id: 'cosql-0',
        database: 'farm',
        wordings: ['Hello, name the cows.'],
        sql: "SELECT name FROM cow WHERE age >= 3 AND name != '> ='",
      },
    ])
  })

  it('fail with the path when a file is missing', async () => {
    await expect(readTrainingSets({ spider: join(folder, 'nowhere') })).rejects.toThrow('dev.json')
  })
})
