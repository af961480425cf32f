/** The whole service on a free loopback port, under row policies, with keys of several users and a model of the test's own. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pino from 'pino'
import { writeDatabaseFile } from '../../data/duckdb/write-database-file.js'
import type { LanguageModel } from '../../models/language-model.js'
import { openDatasets } from '../../src/commands/open-datasets.js'
import { readConfig } from '../../src/config.js'
import { createApp } from '../../src/http/create-app.js'
import { serveApp } from '../../src/http/serve-app.js'
import { openKeyStore } from '../../src/key-file.js'
import { createModelQueue } from '../../src/model-queue.js'
import { openObservers } from '../../src/observe/open-observers.js'
import { defaultServiceLimits } from '../../src/service-limits.js'
import { modelsOf } from './scripted-model.js'

/**
 * Nothing of the north's rows is in a row of the south, and the other way round. Of a date, year and month, and eight
 * digits of a number: random ids and times measured to the nanosecond hold any four, and now and then any six.
 */
export const tellsOfNorth = /zephyr|quillon|brindle|48151623|(?<![0-9a-f])2048-[01]\d(?![0-9a-f])/i
export const tellsOfSouth = /meadow|fennimore|tamsin|16234217|(?<![0-9a-f])2031-[01]\d(?![0-9a-f])/i

const northNumber = 48_151_623
const southNumber = 16_234_217
const halves = [
  ['north', 'Zephyr', 'Quillon', 'Brindle', '2048', northNumber],
  ['south', 'Meadow', 'Fennimore', 'Tamsin', '2031', southNumber],
] as const

/** Stores and customers both have a city, so that "sales by city" has two readings. */
const statements = [
  'CREATE TABLE stores (store_id INTEGER PRIMARY KEY, region VARCHAR, store_name VARCHAR, city VARCHAR)',
  'CREATE TABLE customers (customer_id INTEGER PRIMARY KEY, region VARCHAR, customer_name VARCHAR, city VARCHAR)',
  'CREATE TABLE sales (sale_id INTEGER PRIMARY KEY, region VARCHAR, store_id INTEGER REFERENCES stores (store_id), customer_id INTEGER REFERENCES customers (customer_id), sold_on DATE, amount INTEGER)',
  'CREATE TABLE payroll (person VARCHAR, pay INTEGER)',
  `INSERT INTO payroll VALUES ('Zephyr', ${northNumber})`,
  ...halves.flatMap(([region, store, city, person, year, number]) => [
    `INSERT INTO stores SELECT ${number} + i, '${region}', '${store} ' || i, '${city}' || ['', 'ford', 'by'][i % 3 + 1] FROM range(1, 7) t(i)`,
    `INSERT INTO customers SELECT ${number} + i, '${region}', '${person} ' || i, '${city}' || ['', 'ford'][i % 2 + 1] FROM range(1, 21) t(i)`,
    `INSERT INTO sales SELECT ${number} + i, '${region}', ${number} + i % 6 + 1, ${number} + i % 20 + 1, DATE '${year}-01-01' + (i % 300)::INTEGER, ${number} FROM range(600) t(i)`,
  ]),
]

function rowsOf(region: string) {
  const condition = `region = '${region}'`
  return { stores: condition, customers: condition, sales: condition }
}

/** Norah and Nils may see the north, Sam the south; a key of Una's is named nowhere. */
export const usualPolicies: Policies = {
  norah: rowsOf('north'),
  nils: rowsOf('north'),
  sam: rowsOf('south'),
}

export type Policies = Readonly<Record<string, Readonly<Record<string, string>>>>

export interface PolicedService {
  readonly home: string
  /** As the user with the key of that name; without a name, without a key. */
  send(user: string | undefined, path: string, request?: RequestInit): Promise<Response>
  /** The body as text, whatever it is. */
  read(user: string | undefined, path: string): Promise<string>
  /** Sends a JSON body. */
  post(user: string | undefined, path: string, body: object, method?: string): Promise<Response>
  close(): Promise<void>
}

export async function policedHome(policies: Policies) {
  const home = await mkdtemp(join(tmpdir(), 'parley-policed-'))
  const source = join(home, 'shop.duckdb')
  await writeDatabaseFile(source, async (connection) => {
    for (const statement of statements) await connection.run(statement)
  })
  const file = join(home, 'policies.json')
  await writeFile(file, JSON.stringify({ users: policies }))
  return { home, source, file, remove: () => rm(home, { recursive: true }) }
}

export async function policedService(
  policies: Policies,
  model: LanguageModel,
): Promise<PolicedService> {
  const { home, source, file, remove } = await policedHome(policies)
  const read = readConfig({ PARLEY_HOME: home, PARLEY_OFFLINE: '1', PARLEY_POLICIES: file })
  if (!read.ok) throw new Error(read.problems.join(' '))
  const config = { ...read.config, source }
  const logger = pino({ level: 'silent' })
  const limits = { ...defaultServiceLimits, requestsPerSecond: 1_000 }
  const observers = await openObservers(config, logger)
  const modelQueue = createModelQueue(limits)
  const hooks = { logger, models: modelsOf(model), limits, modelQueue }
  const { datasets } = await openDatasets(config, hooks, observers)
  const store = openKeyStore(home)
  const tokens = await makeKeys(store, [...Object.keys(policies), 'una'])
  const keys = { store, required: false }
  const app = createApp(datasets, { logger, limits, keys, observers })
  const server = await serveApp(app, { host: '127.0.0.1', port: 0 })
  const send: PolicedService['send'] = (user, path, request = {}) => {
    const headers = new Headers(request.headers)
    if (user !== undefined) headers.set('Authorization', `Bearer ${tokens.get(user)}`)
    return fetch(server.url + path, { ...request, headers })
  }
  return {
    home,
    send,
    read: async (user, path) => (await send(user, path)).text(),
    post: (user, path, body, method = 'POST') =>
      send(user, path, {
        method,
        headers: { 'Content-Type': 'application/json' },
        body: JSON.stringify(body),
      }),
    close: async () => {
      await server.close()
      await datasets.close()
      await observers.close()
      await remove()
    },
  }
}

async function makeKeys(store: ReturnType<typeof openKeyStore>, names: readonly string[]) {
  const tokens = new Map<string, string>()
  for (const name of names) {
    const created = await store.create(name, 'admin')
    if (created.ok) tokens.set(name, created.token)
  }
  return tokens
}
