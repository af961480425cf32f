/** The whole product in a folder of its own, without network and weights, and a small shop to ask about. */
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { DuckDBInstance } from '@duckdb/node-api'
import type { Answer, AnsweredQuestion, FailedQuestion } from '../../agents/answer.js'
import { createOrchestrator, type OrchestratorOptions } from '../../src/index.js'
import { removeAtExit } from './remove-at-exit.js'

export interface TemporaryHome {
  readonly path: string
  /** Writes files below the home's `sources` folder and gives the path of the first part of the first name. */
  write(files: Readonly<Record<string, string>>): Promise<string>
  /** Opens the product on it; everything opened is closed by `remove`. */
  open(options?: OrchestratorOptions): ReturnType<typeof createOrchestrator>
  remove(): Promise<void>
}

export async function temporaryHome(): Promise<TemporaryHome> {
  const path = await mkdtemp(join(tmpdir(), 'parley-home-'))
  const forget = removeAtExit(path)
  const opened: Awaited<ReturnType<typeof createOrchestrator>>[] = []
  return {
    path,
    write: async (files) => {
      for (const [name, text] of Object.entries(files)) {
        const file = join(path, 'sources', name)
        await mkdir(dirname(file), { recursive: true })
        await writeFile(file, text)
      }
      return join(path, 'sources', Object.keys(files)[0]?.split('/')[0] ?? '')
    },
    open: async (options) => {
      const orchestrator = await createOrchestrator({
        home: path,
        offline: true,
        logLevel: 'error',
        // Whatever else runs on the machine that tests it.
        servers: {},
        ...options,
      })
      opened.push(orchestrator)
      return orchestrator
    },
    remove: async () => {
      await Promise.all(opened.map((orchestrator) => orchestrator.close().catch(() => {})))
      await rm(path, { recursive: true })
      forget()
    },
  }
}

/** The product on the shop. */
export async function openShop() {
  const home = await temporaryHome()
  const source = await home.write(shopFiles)
  return { home, source, orchestrator: await home.open({ source }) }
}

/** Rows of a query on one file, by an engine of its own. */
export async function rowsOfFile(path: string, sql: string): Promise<unknown[][]> {
  const instance = await DuckDBInstance.create(path, { access_mode: 'READ_ONLY' })
  const connection = await instance.connect()
  const rows = (await connection.runAndReadAll(sql)).getRowsJson()
  connection.closeSync()
  instance.closeSync()
  return rows
}

export function answered(answer: Answer): AnsweredQuestion {
  if (!answer.ok) throw new Error(`Not answered: ${answer.error.code}, ${answer.error.message}`)
  return answer
}

export function failed(answer: Answer): FailedQuestion {
  if (answer.ok) throw new Error(`Answered all the same: ${answer.text}`)
  return answer
}

const cities = ['Ashford', 'Barrow', 'Corby']

/** Sale number `id`, from 1; two a day from the first of 2023 on. */
function sale(id: number) {
  const soldOn = new Date(Date.UTC(2023, 0, 1 + Math.floor(id / 2))).toISOString().slice(0, 10)
  return { id, storeId: (id % 6) + 1, customerId: (id % 20) + 1, soldOn, amount: (id * 7) % 100 }
}

const sales = Array.from({ length: 1_200 }, (_, at) => sale(at + 1))

/** Sum of the shop's sales in a year, from the same numbers but without SQL. */
export function shopSales(year: number): number {
  const inYear = sales.filter(({ soldOn }) => soldOn.startsWith(String(year)))
  return inYear.reduce((sum, { amount }) => sum + amount, 0)
}

/** Stores and customers both have a city, so that "sales by city" has two readings. */
export const shopFiles: Readonly<Record<string, string>> = {
  'shop/stores.csv': csv(['store_id', 'store_name', 'city'], 6, (id) => [
    id,
    `Shop ${id}`,
    cities[id % 3],
  ]),
  'shop/customers.csv': csv(['customer_id', 'customer_name', 'city'], 20, (id) => [
    id,
    `Person ${id}`,
    cities[id % 2],
  ]),
  'shop/sales.csv': csv(
    ['sale_id', 'store_id', 'customer_id', 'sold_on', 'amount'],
    sales.length,
    (id) => Object.values(sale(id)),
  ),
}

function csv(header: readonly string[], rows: number, row: (id: number) => readonly unknown[]) {
  const lines = Array.from({ length: rows }, (_, at) => row(at + 1).join(','))
  return `${[header.join(','), ...lines].join('\n')}\n`
}

/** On the shop: 1,200 rows to the power of five. */
export const endlessSql =
  'SELECT sum(a.amount * b.amount % (c.amount + d.amount + e.amount + 1)) AS n FROM sales a, sales b, sales c, sales d, sales e'
