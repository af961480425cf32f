/** Names that fit several columns are said to be open, and an earlier answer settles them. */
import { describe, expect, it } from 'vitest'
import { clarify } from '../../../../agents/entities/clarify.js'
import { settled, useAskedDatabase } from '../../../support/asked-database.js'

const database = useAskedDatabase([
  'CREATE TABLE shops (shop_id INTEGER PRIMARY KEY, shop_name VARCHAR, city VARCHAR)',
  "INSERT INTO shops VALUES (1, 'North Shop', 'Porto'), (2, 'South Shop', 'Faro')",
  'CREATE TABLE buyers (buyer_id INTEGER PRIMARY KEY, buyer_name VARCHAR, city VARCHAR)',
  "INSERT INTO buyers VALUES (1, 'Ana', 'Faro'), (2, 'Rui', 'Faro'), (3, 'Eva', 'Porto')",
  `CREATE TABLE tickets (ticket_id INTEGER PRIMARY KEY, shop_id INTEGER REFERENCES shops (shop_id),
      buyer_id INTEGER REFERENCES buyers (buyer_id), bought_on DATE, amount DECIMAL(8, 2))`,
  `INSERT INTO tickets VALUES (1, 1, 1, '2025-01-02', 10), (2, 1, 2, '2025-01-03', 20),
      (3, 2, 3, '2025-02-03', 40)`,
])

const ofBuyers = { table: 'buyers', column: 'city' }
const ofShops = { table: 'shops', column: 'city' }

describe('a name that fits two tables equally', () => {
  it.each([
    ['Total amount by city', 'city'],
    ['Total amount in Porto', 'Porto'],
  ])('in "%s" leaves “%s” open', (question, phrase) => {
    const [ambiguity, ...others] = database.read(question).ambiguities
    expect(ambiguity?.phrase).toBe(phrase)
    expect(new Set(ambiguity?.options)).toEqual(new Set([ofBuyers, ofShops]))
    expect(others).toEqual([])
  })

  it.each([
    [
      'shops',
      ofShops,
      [
        ['Faro', 40],
        ['Porto', 30],
      ],
    ],
    [
      'buyers',
      ofBuyers,
      [
        ['Faro', 30],
        ['Porto', 40],
      ],
    ],
  ])('is settled by a remembered answer: %s', async (_, city, rows) => {
    const asking = { resolutions: { city } }
    expect(database.read('Total amount by city', asking).ambiguities).toEqual([])
    expect(settled(await database.ask('Total amount by city', asking))).toEqual(rows)
  })

  it('is settled by a remembered answer about a value', async () => {
    const asking = { resolutions: { porto: ofBuyers } }
    expect(await database.ask('Total amount in Porto', asking)).toEqual([[40]])
  })

  it('is not open when the question names the table', async () => {
    expect(database.read('Total amount by shop city').ambiguities).toEqual([])
    expect(await database.ask('buyers in Porto')).toEqual([['Eva']])
  })

  it('becomes a question with one choice per column', () => {
    const question = 'Total amount by city'
    const asked = clarify(database.read(question), database.catalog, question)
    const values = asked?.choices.map(({ value }) => value)
    expect(new Set(values)).toEqual(new Set(['buyers.city', 'shops.city']))
  })
})
