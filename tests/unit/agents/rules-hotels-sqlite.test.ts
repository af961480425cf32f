/** The same group of hotels in SQLite, which keeps dates as text and writes their arithmetic in its own way. */
import { describe, expect, it } from 'vitest'
import { onSqlite, type Rows, settled, useAskedDatabase } from '../../support/asked-database.js'
import { hotelTables } from '../../support/hotel-tables.js'

const database = useAskedDatabase(hotelTables, onSqlite)

const found: readonly (readonly [string, Rows])[] = [
  ['Which hotels missed their budget in January 2025?', [['Grand Palace'], ['Old Mill']]],
  ['Was Old Mill above its budget in January 2025?', [[500, 600]]],
  ['How many days pass on average between a booking and its complaint?', [[4]]],
  ['Which rates lasted longer than 14 days?', [['Winter']]],
  ['What rate was valid on 10 January 2025?', [['Early bird'], ['Winter']]],
  ['Revenue per room over all open hotels in January 2025', [[30]]],
  [
    'complaints per booking by town',
    [
      ['Kiel', 0.25],
      ['Ulm', 1],
    ],
  ],
  ['How many bookings were below 100, between 100 and 300, and above 300?', [[1, 3, 2]]],
  [
    'Weekend vs weekday revenue',
    [
      ['weekday', 1700],
      ['weekend', 360],
    ],
  ],
  ['guests who booked in 2024 but not in 2025', [['Cem']]],
  ['hotels with more revenue than the average hotel', [['Harbour View']]],
]

describe('rules on hotels in SQLite', () => {
  it.each(found)('answer "%s" with the right rows', async (question, rows) => {
    expect(settled(await database.ask(question))).toEqual(settled(rows))
  })
})
