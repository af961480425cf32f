/** The demos beside the shop chain: the same every time, sound in themselves, uneven as real data is, with gold SQL that holds. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type DuckDBConnection, DuckDBInstance } from '@duckdb/node-api'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { DemoDataset } from '../../../data/demo/demo-dataset.js'
import { demoDatasets, findDemo } from '../../../data/demo/demo-datasets.js'
import { demoFile } from '../../../data/demo/demo-file.js'
import { readQuestions } from '../../../data/evaluation/evaluation-question.js'
import { openSource } from '../../../data/sources/open-source.js'
import { packageRoot } from '../../../models/package-root.js'

const buildLimitMs = 10_000
const samples = 10

let home: string
const open = new Map<string, { instance: DuckDBInstance; connection: DuckDBConnection }>()
const buildMs = new Map<string, number>()
const progress = new Map<string, number[]>()

beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'parley-demos-'))
  for (const dataset of demoDatasets) {
    const seen: number[] = []
    const before = process.cpuUsage()
    const path = await demoFile(dataset, home, (_, done, total) => seen.push(done / total))
    // Processor time, since a busy machine stretches the clock.
    const { user, system } = process.cpuUsage(before)
    buildMs.set(dataset.name, (user + system) / 1_000)
    progress.set(dataset.name, seen)
    open.set(dataset.name, await connect(path))
  }
}, 600_000)

afterAll(async () => {
  for (const database of open.values()) close(database)
  await rm(home, { recursive: true })
})

async function connect(path: string) {
  const instance = await DuckDBInstance.create(path, { access_mode: 'READ_ONLY' })
  return { instance, connection: await instance.connect() }
}

function close({
  instance,
  connection,
}: {
  instance: DuckDBInstance
  connection: DuckDBConnection
}) {
  connection.closeSync()
  instance.closeSync()
}

async function rows(name: string, sql: string, on = open.get(name)?.connection) {
  if (!on) throw new Error(`${name} is not open.`)
  return (await on.runAndReadAll(sql)).getRowsJson()
}

async function numbers(name: string, sql: string): Promise<readonly number[]> {
  return (await rows(name, sql)).flat().map(Number)
}

async function contentHashes(name: string, on?: DuckDBConnection) {
  const tables = await rows(name, 'SELECT table_name FROM duckdb_tables() ORDER BY 1', on)
  const hashes = tables.flat().map(async (table) => {
    return rows(name, `SELECT '${table}', count(*), sum(hash(t)) FROM ${table} t`, on)
  })
  return Promise.all(hashes)
}

const others = demoDatasets.filter(({ name }) => name !== 'retail')

describe.each(others)('the demo $name', (dataset: DemoDataset) => {
  const { name } = dataset

  it('is built within 10 seconds of one processor and reports its progress to the end', () => {
    expect(buildMs.get(name)).toBeLessThan(buildLimitMs)
    expect(progress.get(name)?.length).toBeGreaterThan(5)
    expect(progress.get(name)?.at(-1)).toBe(1)
  })

  it('has the same content each time', async () => {
    const again = join(home, `${name}-again.duckdb`)
    await dataset.build(again)
    const second = await connect(again)
    expect(await contentHashes(name, second.connection)).toEqual(await contentHashes(name))
    close(second)
  }, 300_000)

  it('says what every table and every column is', async () => {
    const silent = await rows(
      name,
      `SELECT table_name, column_name FROM duckdb_columns() WHERE comment IS NULL AND NOT internal
       UNION ALL SELECT table_name, '' FROM duckdb_tables() WHERE comment IS NULL`,
    )
    expect(silent).toEqual([])
  })

  it('declares keys that join all its tables, and no row breaks one', async () => {
    const keys = await rows(
      name,
      `SELECT table_name, constraint_column_names[1], referenced_table, referenced_column_names[1]
       FROM duckdb_constraints() WHERE constraint_type = 'FOREIGN KEY'`,
    )
    const joined = new Set(keys.flatMap(([from, , to]) => [from, to]))
    expect([...joined].sort()).toEqual(
      (await rows(name, 'SELECT table_name FROM duckdb_tables() ORDER BY 1')).flat(),
    )
    for (const [from, column, to, key] of keys) {
      const orphans = `SELECT count(*) FROM ${from} f WHERE f.${column} IS NOT NULL
        AND NOT EXISTS (SELECT 1 FROM ${to} t WHERE t.${key} = f.${column})`
      expect([from, column, ...(await numbers(name, orphans))]).toEqual([from, column, 0])
    }
  })
})

describe.each(demoDatasets)('the sample questions of $name', ({ name, samples: file }) => {
  it('are ten, with gold SQL that runs and finds something', async () => {
    const read = await readQuestions(join(packageRoot, file))
    if (!read.ok) throw new Error(read.message)
    expect(read.questions).toHaveLength(samples)
    for (const { id, sqls } of read.questions) {
      const found = await rows(name, sqls[0] ?? '')
      expect([id, found.flat().some((cell) => cell !== null && Number(cell) !== 0)]).toEqual([
        id,
        true,
      ])
    }
  })
})

describe('the demo data', () => {
  it('adds up: orders to their items, balances to their transactions', async () => {
    expect(
      await numbers(
        'ecommerce',
        `SELECT count(*) FROM orders o JOIN (SELECT order_id, sum(quantity * unit_price) AS items
         FROM order_items GROUP BY 1) i USING (order_id)
         WHERE o.total_amount <> i.items - o.discount_amount + o.shipping_fee`,
      ),
    ).toEqual([0])
    expect(
      await numbers(
        'finance',
        `SELECT count(*) FROM accounts a LEFT JOIN (SELECT account_id, sum(amount) AS moved
         FROM transactions GROUP BY 1) t USING (account_id) WHERE a.balance <> t.moved`,
      ),
    ).toEqual([0])
  })

  it('keeps the order of time', async () => {
    const wrong: Readonly<Record<string, string>> = {
      ecommerce: `SELECT (SELECT count(*) FROM orders JOIN customers USING (customer_id)
          WHERE ordered_at < signed_up_on),
        (SELECT count(*) FROM orders JOIN order_items USING (order_id) JOIN products p
          USING (product_id) WHERE ordered_at < added_on OR ordered_at::DATE >= discontinued_on)`,
      finance: `SELECT (SELECT count(*) FROM transactions JOIN accounts USING (account_id)
          WHERE booked_on < opened_on OR booked_on > closed_on),
        (SELECT count(*) FROM loans JOIN customers USING (customer_id) WHERE started_on < joined_on)`,
      healthcare: `SELECT (SELECT count(*) FROM appointments JOIN doctors USING (doctor_id)
          WHERE scheduled_at < hired_on OR scheduled_at::DATE > left_on),
        (SELECT count(*) FROM appointments JOIN patients USING (patient_id)
          WHERE scheduled_at < registered_on)`,
      saas: `SELECT (SELECT count(*) FROM subscriptions WHERE ended_on < started_on),
        (SELECT count(*) FROM subscriptions a JOIN subscriptions b USING (organization_id)
          WHERE a.subscription_id < b.subscription_id AND coalesce(a.ended_on, DATE '2099-01-01') > b.started_on)`,
    }
    for (const [name, sql] of Object.entries(wrong)) {
      expect([name, ...(await numbers(name, sql))]).toEqual([name, 0, 0])
    }
  })

  it('is uneven: a tenth of the products, customers or features takes far more than its share', async () => {
    const shares: Readonly<Record<string, string>> = {
      ecommerce: 'SELECT product_id, sum(quantity) AS amount FROM order_items GROUP BY 1',
      finance: 'SELECT customer_id, sum(balance) AS amount FROM accounts GROUP BY 1',
      healthcare: 'SELECT patient_id, count(*) AS amount FROM appointments GROUP BY 1',
      saas: `SELECT organization_id, sum(monthly_amount) AS amount FROM subscriptions
        WHERE status = 'active' GROUP BY 1`,
    }
    for (const [name, sql] of Object.entries(shares)) {
      const [share = 0] = await numbers(
        name,
        `WITH ranked AS (SELECT amount, percent_rank() OVER (ORDER BY amount DESC) AS place FROM (${sql}))
         SELECT sum(amount) FILTER (place <= 0.1) / sum(amount) FROM ranked`,
      )
      expect([name, share > 0.25]).toEqual([name, true])
    }
  })

  it('grows: more orders each year, more recurring revenue each year', async () => {
    const orders = await numbers(
      'ecommerce',
      'SELECT count(*) FROM orders GROUP BY year(ordered_at) ORDER BY year(ordered_at)',
    )
    const revenue = await numbers(
      'saas',
      `SELECT sum(monthly_amount) FROM subscriptions, range(2022, 2026) y(year)
       WHERE started_on <= make_date(year, 12, 30)
         AND (ended_on IS NULL OR ended_on > make_date(year, 12, 30)) GROUP BY year ORDER BY year`,
    )
    expect(orders).toHaveLength(3)
    expect(revenue).toHaveLength(4)
    for (const years of [orders, revenue]) expect(years).toEqual([...years].sort((a, b) => a - b))
  })
})

describe('a demo as a source', () => {
  it('is opened by its name', async () => {
    const opened = await openSource('demo:saas', home)
    expect(opened).toMatchObject({ ok: true, source: { kind: 'demo', demo: 'saas' } })
    expect(opened.ok && opened.source.label).toContain(findDemo('saas')?.subject)
  })

  it('is refused by a name that is none, with the names that are', async () => {
    const refused = await openSource('demo:moon', home)
    expect(refused).toMatchObject({ ok: false, failure: { code: 'source_missing' } })
    expect(refused.ok ? '' : refused.failure.hints.join()).toContain('ecommerce, finance')
  })
})
