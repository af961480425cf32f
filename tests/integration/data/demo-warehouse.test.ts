/** The demo warehouse as a whole: the same every time, consistent in itself, with visible patterns. */
import { mkdtemp, readdir, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type DuckDBConnection, DuckDBInstance } from '@duckdb/node-api'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { demoFile } from '../../../data/demo/demo-file.js'
import { retail } from '../../../data/demo/retail/retail.js'

const BUILD_LIMIT_MS = 20_000
const TABLES = [
  'regions',
  'stores',
  'categories',
  'products',
  'customers',
  'promotions',
  'sales',
  'sale_lines',
  'returns',
  'monthly_targets',
]

let home: string
let instance: DuckDBInstance
let connection: DuckDBConnection
let path: string
let buildMs: number
const progress: number[] = []

beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'parley-demo-'))
  const before = process.cpuUsage()
  path = await demoFile(retail, home, (_, done, total) => progress.push(done / total))
  // Processor time, since a busy machine stretches the clock.
  const { user, system } = process.cpuUsage(before)
  buildMs = (user + system) / 1_000
  instance = await DuckDBInstance.create(path, { access_mode: 'READ_ONLY' })
  connection = await instance.connect()
}, 120_000)

afterAll(async () => {
  connection.closeSync()
  instance.closeSync()
  await rm(home, { recursive: true })
})

async function rows(sql: string, on = connection) {
  return (await on.runAndReadAll(sql)).getRows()
}

async function numbers(sql: string) {
  return (await rows(sql)).map((row) => row.map(Number))
}

async function contentHashes(on: DuckDBConnection) {
  const hashes = TABLES.map(async (table) => {
    const [row] = await rows(`SELECT count(*), bit_xor(hash(t)), sum(hash(t)) FROM ${table} t`, on)
    return `${table} ${row?.join(' ')}`
  })
  return Promise.all(hashes)
}

describe('building the demo warehouse', () => {
  it('takes less than 20 seconds of one processor and reports its progress to the end', () => {
    expect(buildMs).toBeLessThan(BUILD_LIMIT_MS)
    expect(progress.length).toBeGreaterThan(10)
    expect(progress.at(-1)).toBe(1)
  })

  it('gives the same content for the same seed', async () => {
    const again = join(home, 'again.duckdb')
    await retail.build(again)
    const second = await DuckDBInstance.create(again, { access_mode: 'READ_ONLY' })
    const other = await second.connect()
    expect(await contentHashes(other)).toEqual(await contentHashes(connection))
    other.closeSync()
    second.closeSync()
  }, 120_000)

  it('is done once: the second call returns the same file untouched', async () => {
    const before = (await stat(path)).mtimeMs
    expect(await demoFile(retail, home)).toBe(path)
    expect((await stat(path)).mtimeMs).toBe(before)
  })

  it('leaves nothing behind when it is cut', async () => {
    const folder = join(home, 'cut')
    const stop = () => {
      throw new Error('cut')
    }
    await expect(retail.build(join(folder, 'demo.duckdb'), stop)).rejects.toThrow('cut')
    expect(await readdir(folder)).toEqual([])
  })
})

describe('the demo warehouse', () => {
  it('has at least 200,000 sale lines from January 2022 to December 2025', async () => {
    expect(await numbers('SELECT count(*) >= 200000 FROM sale_lines')).toEqual([[1]])
    const [range] = await rows('SELECT min(sold_on)::VARCHAR, max(sold_on)::VARCHAR FROM sales')
    expect(range).toEqual(['2022-01-01', '2025-12-31'])
  })

  it('adds up: lines to their amounts, sales to their lines, refunds within their lines', async () => {
    expect(
      await numbers(`SELECT
        (SELECT count(*) FROM sale_lines WHERE line_amount <> quantity * unit_price - discount_amount),
        (SELECT count(*) FROM sales s JOIN (SELECT sale_id, sum(line_amount) AS amount FROM sale_lines
          GROUP BY 1) l USING (sale_id) WHERE s.total_amount <> l.amount),
        (SELECT count(*) FROM sales ANTI JOIN sale_lines USING (sale_id)),
        (SELECT count(*) FROM returns r JOIN sale_lines l USING (sale_line_id)
          WHERE r.refund_amount > l.line_amount OR r.quantity > l.quantity)`),
    ).toEqual([[0, 0, 0, 0]])
  })

  it('declares the keys that join its tables', async () => {
    const found = await rows(
      `SELECT constraint_type, count(*)::INTEGER FROM duckdb_constraints()
       WHERE constraint_type LIKE '% KEY' GROUP BY 1 ORDER BY 1`,
    )
    expect(found).toEqual([
      ['FOREIGN KEY', 9],
      ['PRIMARY KEY', 10],
    ])
  })

  it('sells only in open stores, to customers who joined, products that were launched', async () => {
    expect(
      await numbers(`SELECT count(*) FROM sales JOIN stores USING (store_id)
        WHERE sold_on < opened_on OR sold_on >= closed_on`),
    ).toEqual([[0]])
    expect(
      await numbers(`SELECT count(*) FROM sales JOIN customers USING (customer_id)
        WHERE sold_on < joined_on`),
    ).toEqual([[0]])
    expect(
      await numbers(`SELECT count(*) FROM sale_lines JOIN sales USING (sale_id)
        JOIN products USING (product_id) WHERE sold_on < launched_on`),
    ).toEqual([[0]])
  })

  it('marks as closed exactly the stores with a closing date, and has both kinds', async () => {
    expect(
      await numbers(
        `SELECT count(*) FROM stores WHERE (status = 'closed') <> (closed_on IS NOT NULL)`,
      ),
    ).toEqual([[0]])
    const [counts] = await numbers(`SELECT count(*) FILTER (status = 'active'),
      count(*) FILTER (status = 'closed'), count(DISTINCT region_id) FROM stores`)
    expect(counts).toEqual([expect.any(Number), expect.any(Number), 5])
    expect(Math.min(...(counts ?? [0]))).toBeGreaterThan(3)
  })

  it('takes goods back within 30 days and never after 2025', async () => {
    expect(
      await numbers(`SELECT min(returned_on - sold_on), max(returned_on - sold_on),
        max(returned_on) <= DATE '2025-12-31' FROM returns
        JOIN sale_lines USING (sale_line_id) JOIN sales USING (sale_id)`),
    ).toEqual([[1, 30, 1]])
  })

  it('grows every year and peaks in November and December', async () => {
    const years = (
      await numbers(
        'SELECT sum(total_amount) FROM sales GROUP BY year(sold_on) ORDER BY year(sold_on)',
      )
    ).flat()
    expect(years).toEqual([...years].sort((a, b) => a - b))
    expect(years[3]! / years[0]!).toBeGreaterThan(1.2)
    const best = await numbers(`SELECT month(sold_on) FROM sales GROUP BY 1
      ORDER BY sum(total_amount) DESC LIMIT 2`)
    expect(best).toEqual([[12], [11]])
  })

  it('sells more a day while a promotion runs than in the weeks around it', async () => {
    const [row] = await numbers(`
      WITH days AS (SELECT sold_on, count(*) AS sales FROM sales GROUP BY 1),
      around AS (SELECT d.sales, d.sold_on BETWEEN p.starts_on AND p.ends_on AS during FROM days d
        JOIN promotions p ON d.sold_on BETWEEN p.starts_on - 14 AND p.ends_on + 14
        WHERE p.promotion_name LIKE 'Summer%')
      SELECT avg(sales) FILTER (during) / avg(sales) FILTER (NOT during) FROM around`)
    expect(row?.[0]).toBeGreaterThan(1.05)
  })

  it('sets a target for every store and month with sales, missed and met', async () => {
    expect(
      await numbers(`SELECT count(*) FROM
        (SELECT DISTINCT store_id, date_trunc('month', sold_on)::DATE AS target_month FROM sales)
        ANTI JOIN monthly_targets USING (store_id, target_month)`),
    ).toEqual([[0]])
    const [row] = await numbers(`SELECT avg((amount >= target_amount)::INTEGER) FROM monthly_targets
      JOIN (SELECT store_id, date_trunc('month', sold_on)::DATE AS target_month,
        sum(total_amount) AS amount FROM sales GROUP BY ALL) USING (store_id, target_month)`)
    expect(row?.[0]).toBeGreaterThan(0.25)
    expect(row?.[0]).toBeLessThan(0.75)
  })
})
