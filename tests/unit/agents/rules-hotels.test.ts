/** Questions that set amounts, dates and periods against each other, on a group of hotels. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  type AskedDatabase,
  openAskedDatabase,
  type Rows,
  settled,
} from '../../support/asked-database.js'
import { hotelTables } from '../../support/hotel-tables.js'

let database: AskedDatabase

beforeAll(async () => {
  database = await openAskedDatabase(hotelTables)
})

afterAll(() => database.close())

type Asked = readonly (readonly [string, Rows])[]

const planned: Asked = [
  ['Which hotels missed their budget in January 2025?', [['Grand Palace'], ['Old Mill']]],
  ['Which hotels beat their total budget in January 2025?', [['Harbour View']]],
  ['hotels that did not reach their budget in February 2025', [['Harbour View']]],
  ['Which hotels reached their budget in February 2025?', [['Grand Palace'], ['Old Mill']]],
  [
    'Which hotels fell short of their monthly budget in January 2025?',
    [['Grand Palace'], ['Old Mill']],
  ],
  ['Was Old Mill above its budget in January 2025?', [[500, 600]]],
  ['Were sales above budget in January 2025?', [[900, 1000]]],
  ['How many hotels missed their budget in January 2025?', [[2]]],
  ['Which hotels missed their budget?', [['Grand Palace'], ['Old Mill']]],
]

describe('what came in against what was planned', () => {
  it.each(planned)('"%s" sums both sides apart', async (question, rows) => {
    expect(settled(await database.ask(question))).toEqual(settled(rows))
  })

  it('is refused by day where plans are by month', async () => {
    expect(typeof (await database.ask('On which days did Old Mill miss its budget?'))).toBe(
      'string',
    )
  })

  it('is refused where the plan cannot be told apart that way', async () => {
    expect(typeof (await database.ask('Which guests missed their budget in 2025?'))).toBe('string')
  })
})
