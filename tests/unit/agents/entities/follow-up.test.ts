/** Conversations: each turn is completed from the one before it, and the rows say so. */
import { describe, expect, it } from 'vitest'
import type { Entities } from '../../../../agents/entities/entities.js'
import { type Rows, useAskedDatabase } from '../../../support/asked-database.js'
import { workshopTables } from '../../../support/workshop-tables.js'

const database = useAskedDatabase(workshopTables)

async function converse(turns: readonly string[]): Promise<Rows | string> {
  let previous: Entities | undefined
  for (const turn of turns) previous = database.read(turn, previous ? { previous } : {})
  return previous ? database.answer(turns.at(-1) ?? '', previous) : 'nothing was asked'
}

const conversations: readonly (readonly [string, readonly string[], Rows])[] = [
  ['a new period', ['Total amount in 2025', 'and in 2024?'], [[100]]],
  [
    'a dimension',
    ['Total amount in 2025', 'by client'],
    [
      ['Bruno', 70],
      ['Alma', 50],
    ],
  ],
  ['a filter', ['Total amount by client', 'only Bern'], [['Alma', 150]]],
  ['another value of the same column', ['clients in Bern', 'and in Basel?'], [['Bruno']]],
  ['a value left out', ['Total amount by city', 'without Basel'], [['Bern', 150]]],
  [
    'a second dimension',
    ['Total amount by city', 'also by year', 'without Basel'],
    [
      ['Bern', 2024, 100],
      ['Bern', 2025, 50],
    ],
  ],
  [
    'another dimension',
    ['Total amount by client in 2025', 'by month instead'],
    [
      ['2025-03-01', 50],
      ['2025-04-01', 70],
    ],
  ],
  [
    'another measure',
    ['Total amount by client in 2024', 'number of invoices instead'],
    [['Alma', 1]],
  ],
  [
    'another aggregate',
    ['Total amount by client', 'as an average'],
    [
      ['Alma', 75],
      ['Bruno', 70],
    ],
  ],
  [
    'shares of what was shown',
    ['Total visits minutes by city', 'only Bern', 'the share of each'],
    [['Bern', 100]],
  ],
  ['a count of what was listed', ['clients from Bern', 'how many is that?'], [[2]]],
  [
    'the year before the one asked about',
    ['Number of visits per client in 2025', 'the year before'],
    [['Alma', 1]],
  ],
  ['another name', ['how many visits did Alma have?', 'and Carla?'], [[1]]],
]

describe('a follow-up can give', () => {
  it.each(conversations)('%s', async (_, turns, rows) => {
    expect(await converse(turns)).toEqual(rows)
  })

  it('the other end of a ranking', async () => {
    const rows = await converse(['Top 1 client by total amount', 'bottom instead'])
    expect(rows).toEqual([['Bruno', 70]])
  })

  it('an earlier period to stand beside the first', async () => {
    const turns = ['Total amount by month in 2025', 'for Alma', 'versus 2024']
    expect(await converse(turns)).toEqual([[3, 50, 100]])
  })

  it.todo('the other end with as many rows: "Top 2 clients by total amount", "bottom instead"')
  it.todo('a filter that keeps the bound: "Clients with more than 2 visits", "in Bern"')
})

it.each([
  'How many parts cost more than 10?',
  'Total minutes by client',
  'Which parts were never sold?',
])('"%s" stands alone and takes nothing over', (question) => {
  const previous = database.read('Total amount by client in 2025')
  expect(database.read(question, { previous })).toEqual(database.read(question))
})

it.todo('takes nothing over when "there" only completes the verb: "How many parts are there?"')
