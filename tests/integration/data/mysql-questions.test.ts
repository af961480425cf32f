/** Questions on a live MariaDB: what code writes for it binds there, and finds the right rows. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Catalog } from '../../../data/catalog.js'
import type { Database } from '../../../data/database.js'
import { completeJoinFree } from '../../../data/join-free/complete-join-free.js'
import { quoteIdentifier } from '../../../data/join-free/quote-identifier.js'
import { quoteTextFor } from '../../../data/quote.js'
import { onMysql, type Rows, settled, useAskedDatabase } from '../../support/asked-database.js'
import { hotelTables } from '../../support/hotel-tables.js'
import { hasMysql, openMysql, useOwnMysql } from '../../support/mysql-database.js'

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

const written = [
  'Median price of bookings by town',
  'Revenue by weekday',
  'Revenue by month in 2025',
  'Revenue by quarter and town',
  'Revenue by year',
  'Bookings by week in January 2025',
  'Revenue by month of year',
  'Bookings per day in January 2025',
]

const server = useOwnMysql()

describe.skipIf(!hasMysql)('rules on hotels in MariaDB', () => {
  const database = useAskedDatabase(hotelTables, onMysql(server))
  const model = useAskedDatabase(hotelTables)

  it.each(found)('answer "%s" with the right rows', async (question, rows) => {
    expect(settled(await database.ask(question))).toEqual(settled(rows))
  })

  it.each(written)('answer "%s" as on DuckDB', async (question) => {
    const rows = await database.ask(question)
    expect(rows).toBeInstanceOf(Array)
    expect(settled(rows)).toEqual(settled(await model.ask(question)))
  })
})

describe.skipIf(!hasMysql)('What is written for MariaDB', () => {
  let database: Database
  let catalog: Catalog
  beforeAll(async () => {
    database = await openMysql(
      await server.create('mixed', [
        'CREATE TABLE `Order Items` (`ItemId` integer PRIMARY KEY, `unitPrice` decimal(8, 2), `user` varchar(20))',
        "INSERT INTO `Order Items` VALUES (1, 2.5, 'Ann'), (2, NULL, 'a\\\\b'), (3, 4, 'Cy'), (4, 1, 'Ann')",
      ]),
    )
    catalog = await database.introspect()
  })
  afterAll(() => database?.close())

  const rowsOf = async (joinFree: string) => {
    const completed = completeJoinFree(joinFree, catalog)
    if (!completed.ok) throw new Error(completed.message)
    const outcome = await database.query(completed.sql)
    if (!outcome.ok) throw new Error(`${completed.sql}: ${outcome.failure.message}`)
    return outcome.result.rows
  }

  it('quotes every word that the server reserves', async () => {
    const words = await server.run('mysql', 'SELECT lower(WORD) FROM information_schema.KEYWORDS')
    const bare = words
      .flat()
      .map(String)
      .filter((word) => /^[a-z_]+$/.test(word) && quoteIdentifier(word, 'mysql') === word)
    const reserved: string[] = []
    const client = await server.client('mixed')
    for (const word of bare) {
      await client
        .query(`SELECT 1 AS x FROM (SELECT 1 AS ${word}) t WHERE t.${word} = ${word}`)
        .catch(() => reserved.push(word))
    }
    await client.end()
    expect(reserved).toEqual([])
  })

  it('reads names with blanks and capitals, and texts with backslashes', async () => {
    expect(await rowsOf('select "order items".itemid where "order items".user = \'Cy\'')).toEqual([
      [3],
    ])
    const text = quoteTextFor('mysql', 'a\\b')
    expect(await rowsOf(`select "order items".itemid where "order items".user = ${text}`)).toEqual([
      [2],
    ])
  })

  it('puts missing values where the SQL wants them', async () => {
    const price = '"order items".unitprice'
    const order = async (words: string) =>
      (await rowsOf(`select "order items".itemid, ${price} order by ${words}`)).map(([id]) => id)
    expect(await order(`${price} desc nulls last`)).toEqual([3, 1, 4, 2])
    expect(await order(`${price} nulls last`)).toEqual([4, 1, 3, 2])
    expect(await order(`${price} desc nulls first`)).toEqual([2, 3, 1, 4])
    expect(await order('2 asc nulls last')).toEqual([4, 1, 3, 2])
  })

  it('counts what a condition holds for, and finds the middle', async () => {
    const counted =
      'select count(*) filter (where "order items".unitprice > 2), sum("order items".unitprice) filter (where "order items".user = \'Ann\'), count(distinct "order items".user) filter (where "order items".unitprice > 0), median("order items".unitprice)'
    expect(await rowsOf(counted)).toEqual([[2, 3.5, 2, 2.5]])
  })
})
