/** Filters woven into SQL: what comes of it on all rows is what the SQL itself gives where the other rows were never there. */
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Catalog } from '../../data/catalog.js'
import type { Database } from '../../data/database.js'
import { openDuckDbDatabase } from '../../data/duckdb/duckdb-database.js'
import { writeDatabaseFile } from '../../data/duckdb/write-database-file.js'
import type { RowFilters } from '../../data/filters/row-filters.js'
import { weaveFilters } from '../../data/filters/weave-filters.js'
import { openSqliteDatabase } from '../../data/sqlite/sqlite-database.js'
import { writeSqliteFile } from '../support/sqlite-file.js'
import { type TemporaryHome, temporaryHome } from '../support/temporary-product.js'

const regions = ['North', 'South', "O'East"]
const channels = ['web', 'shop', null]
const statements = [
  'CREATE TABLE stores (store_id INTEGER PRIMARY KEY, region VARCHAR(20), opened_on DATE, size INTEGER)',
  'CREATE TABLE sales (sale_id INTEGER PRIMARY KEY, store_id INTEGER REFERENCES stores (store_id), sold_on DATE NOT NULL, amount INTEGER, channel VARCHAR(10))',
  'CREATE TABLE targets (store_id INTEGER REFERENCES stores (store_id), target INTEGER)',
  'CREATE TABLE trips (trip_id INTEGER PRIMARY KEY, left_on DATE, came_on DATE)',
  ...Array.from({ length: 9 }, (_, at) => {
    const region = regions[at % 3]?.replace("'", "''")
    return `INSERT INTO stores VALUES (${at}, '${region}', '20${10 + at}-05-01', ${at * 10})`
  }),
  ...Array.from({ length: 120 }, (_, at) => {
    const channel = channels[at % 3]
    const month = String((at % 12) + 1).padStart(2, '0')
    return `INSERT INTO sales VALUES (${at}, ${at % 9}, '${2023 + (at % 3)}-${month}-15', ${(at * 7) % 50}, ${channel ? `'${channel}'` : 'NULL'})`
  }),
  ...Array.from({ length: 9 }, (_, at) => `INSERT INTO targets VALUES (${at}, ${at * 100})`),
]

interface Pair {
  readonly all: Database
  readonly catalog: Catalog
  /** By name of the filter, a database where the rows that it leaves out are not there. */
  readonly without: Readonly<Record<string, Database>>
}

const filters: Readonly<Record<string, { readonly filters: RowFilters; readonly gone: string }>> = {
  days: {
    filters: { from: '2023-06-01', to: '2024-03-15' },
    gone: "DELETE FROM sales WHERE sold_on < '2023-06-01' OR sold_on > '2024-03-15'",
  },
  since: {
    filters: { from: '2025-01-01' },
    gone: "DELETE FROM sales WHERE sold_on < '2025-01-01'",
  },
  region: {
    filters: { values: [{ column: 'region', values: ["O'East", 'South'] }] },
    gone: "DELETE FROM stores WHERE region = 'North'",
  },
  channel: {
    filters: { values: [{ column: 'sales.channel', values: ['web', null] }] },
    gone: "DELETE FROM sales WHERE channel = 'shop'",
  },
  both: {
    filters: { to: '2024-12-31', values: [{ column: 'size', values: [30, '60', 0] }] },
    gone: "DELETE FROM sales WHERE sold_on > '2024-12-31'",
  },
}
const bothToo = 'DELETE FROM stores WHERE size NOT IN (0, 30, 60)'

let home: TemporaryHome
const pairs: Record<string, Pair> = {}

beforeAll(async () => {
  home = await temporaryHome()
  pairs.duckdb = await pairOf('duckdb', async (path, run) => {
    await writeDatabaseFile(path, async (connection) => {
      for (const statement of run) await connection.run(statement)
    })
    return openDuckDbDatabase(path, { label: 'shop' })
  })
  pairs.sqlite = await pairOf('sqlite', async (path, run) => {
    writeSqliteFile(path, run)
    return openSqliteDatabase(path, { label: 'shop' })
  })
}, 120_000)
afterAll(async () => {
  for (const { all, without } of Object.values(pairs)) {
    for (const database of [all, ...Object.values(without)]) await database.close()
  }
  await home.remove()
})

type Make = (path: string, statements: readonly string[]) => Promise<Database>

async function pairOf(name: string, make: Make): Promise<Pair> {
  // Where rows of stores are gone, their sales point nowhere.
  const loose = statements.map((text) => text.replaceAll(' REFERENCES stores (store_id)', ''))
  const all = await make(join(home.path, `all.${name}`), statements)
  const without: Record<string, Database> = {}
  for (const [filter, { gone }] of Object.entries(filters)) {
    const more = filter === 'both' ? [gone, bothToo] : [gone]
    without[filter] = await make(join(home.path, `${filter}.${name}`), [...loose, ...more])
  }
  return { all, catalog: await all.introspect(), without }
}

async function rowsOf(database: Database, sql: string) {
  const outcome = await database.query(sql)
  if (!outcome.ok) throw new Error(`${sql}: ${outcome.failure.message}`)
  return outcome.result.rows
}

/** Each in the form that both engines know, over rows of both tables that a filter may restrict. */
const queries: readonly string[] = [
  'SELECT sum(amount) AS total, count(*) AS n FROM sales JOIN stores USING (store_id)',
  'SELECT stores.region, sum(sales.amount) AS total FROM sales JOIN stores ON sales.store_id = stores.store_id GROUP BY stores.region ORDER BY stores.region',
  'SELECT s.region, count(*) AS n FROM sales AS x, stores s WHERE x.store_id = s.store_id AND x.amount > 5 GROUP BY s.region HAVING count(*) > 1 ORDER BY 1',
  'SELECT max(total) FROM (SELECT st.region, sum(amount) AS total FROM sales sa JOIN stores st ON sa.store_id = st.store_id GROUP BY st.region) t',
  'WITH totals AS (SELECT store_id, sum(amount) AS total FROM sales JOIN stores USING (store_id) GROUP BY store_id) SELECT count(*), sum(total) FROM totals',
  'SELECT region, sum(amount) * 1.0 / (SELECT sum(amount) FROM sales JOIN stores USING (store_id)) AS share FROM sales JOIN stores USING (store_id) GROUP BY region ORDER BY region',
  'SELECT sale_id, amount, rank() OVER (ORDER BY amount DESC, sale_id) AS place FROM sales JOIN stores USING (store_id) ORDER BY place LIMIT 5',
  'SELECT sum(amount) FROM sales JOIN stores USING (store_id) UNION ALL SELECT count(*) FROM sales JOIN stores USING (store_id)',
  'SELECT count(*) FROM sales "Sold" JOIN stores "Shop" ON "Sold".store_id = "Shop".store_id WHERE "Sold".amount >= (SELECT avg(amount) FROM sales JOIN stores USING (store_id))',
  'SELECT count(*) FROM main.sales JOIN main.stores ON sales.store_id = stores.store_id',
  "SELECT count(*) -- of sales, not ' FROM stores'\nFROM sales JOIN stores USING (store_id) /* JOIN targets */ WHERE 'FROM sales' <> channel OR channel IS NULL;",
  'SELECT stores.store_id, (SELECT count(*) FROM sales JOIN stores USING (store_id)) AS n FROM stores JOIN sales ON sales.store_id = stores.store_id GROUP BY stores.store_id ORDER BY 1',
  'SELECT count(*) FROM (sales JOIN stores ON sales.store_id = stores.store_id)',
]

/** SQLite takes a common table that is named after what it reads for one that reads itself. */
const shadowing =
  'WITH sales AS (SELECT sale_id, amount FROM sales JOIN stores USING (store_id)) SELECT sum(amount), count(*) FROM sales'

describe.each(['duckdb', 'sqlite'])('on %s', (engine) => {
  it.each(Object.keys(filters))(
    'the filter by %s leaves what was there without the others',
    async (name) => {
      const { all, catalog, without } = pairs[engine]!
      for (const sql of engine === 'duckdb' ? [...queries, shadowing] : queries) {
        const { sql: woven, verdicts } = weaveFilters(sql, filters[name]!.filters, catalog)
        expect(
          verdicts.map(({ reason }) => reason),
          sql,
        ).toEqual(verdicts.map(() => undefined))
        expect(await rowsOf(all, woven), sql).toEqual(await rowsOf(without[name]!, sql))
      }
    },
  )

  it('a filter on details of an outer join keeps what has none', async () => {
    const { all, catalog, without } = pairs[engine]!
    const sql =
      'SELECT st.store_id, count(sa.sale_id) AS n FROM stores st LEFT JOIN sales sa ON sa.store_id = st.store_id GROUP BY st.store_id ORDER BY st.store_id'
    const { sql: woven, verdicts } = weaveFilters(sql, filters.days!.filters, catalog)
    expect(verdicts).toEqual([{ filter: 'date', columns: ['sales.sold_on'] }])
    const rows = await rowsOf(all, woven)
    expect(rows).toEqual(await rowsOf(without.days!, sql))
    expect(rows).toHaveLength(9)
  })
})

describe('a filter is said not to apply', () => {
  const region = { values: [{ column: 'region', values: ['North'] }] }
  const days = { from: '2024-01-01' }

  it.each<readonly [string, string, RowFilters, RegExp]>([
    [
      'where the tables have no such column',
      'SELECT sum(amount) FROM sales',
      region,
      /no column region in sales/,
    ],
    [
      'where the tables have no date',
      'SELECT sum(target) FROM targets',
      days,
      /no date in targets/,
    ],
    [
      'where half of a comparison has it',
      'SELECT (SELECT sum(amount) FROM sales) - (SELECT sum(target) FROM targets) AS gap FROM sales',
      days,
      /no date in targets/,
    ],
    [
      'where one side of a union has it',
      'SELECT sum(amount) FROM sales UNION ALL SELECT sum(target) FROM targets',
      days,
      /no date in targets/,
    ],
    [
      'where rows without a match would stay',
      'SELECT stores.region, sum(amount) FROM sales LEFT JOIN stores USING (store_id) GROUP BY 1',
      region,
      /no row in stores/,
    ],
    [
      'where several columns may be meant',
      'SELECT count(*) FROM stores JOIN sales USING (store_id)',
      { values: [{ column: 'store_id', values: [1] }] },
      /one of stores\.store_id, sales\.store_id/,
    ],
    [
      'where the SQL names several dates',
      'SELECT avg(came_on - left_on) FROM trips',
      days,
      /several dates: trips\.left_on, trips\.came_on/,
    ],
    [
      'where a value is of another kind',
      'SELECT count(*) FROM stores',
      { values: [{ column: 'size', values: ['1) OR (1 = 1'] }] },
      /no number/,
    ],
    ['where no table is read', 'SELECT 1 AS one', days, /reads no table/],
    ['where tables are read otherwise', 'SUMMARIZE sales', days, /no filter can be put/],
    ['where the SQL cannot be read', "SELECT 'open FROM sales", days, /no filter can be put/],
  ])('%s', (_, sql, asked, reason) => {
    const { sql: woven, verdicts } = weaveFilters(sql, asked, pairs.duckdb!.catalog)
    expect(woven).toBe(sql)
    expect(verdicts).toMatchObject([{ columns: [], reason: expect.stringMatching(reason) }])
  })

  it('and the others apply all the same', async () => {
    const sql = 'SELECT count(*) FROM sales'
    const both = { ...days, ...region }
    const { sql: woven, verdicts } = weaveFilters(sql, both, pairs.duckdb!.catalog)
    expect(verdicts).toMatchObject([{ columns: ['sales.sold_on'] }, { columns: [] }])
    const [[count] = []] = await rowsOf(pairs.duckdb!.all, woven)
    expect(count).toBe(80)
  })
})

it.each(["x'); DROP TABLE sales; --", "' OR '1' = '1", '\\', "''"])(
  'a value is never more than a value: %s',
  async (value) => {
    const { all, catalog } = pairs.duckdb!
    const asked = { values: [{ column: 'region', values: [value] }] }
    const { sql } = weaveFilters('SELECT count(*) FROM stores', asked, catalog)
    expect(await rowsOf(all, sql)).toEqual([[0]])
  },
)
