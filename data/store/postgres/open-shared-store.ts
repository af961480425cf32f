/** Opens the PostgreSQL database that replicas share, in the form that this program knows. */
import pg from 'pg'
import { clientConfig, labelOf, type PostgresAddress, readAddress } from '../../postgres/address.js'
import { connectFailure, connectTimeoutMs, lacksTls } from '../../postgres/connect-failure.js'
import { quoteName } from '../../quote.js'
import { StoreError } from '../store-error.js'
import type { StoreSql } from '../store-sql.js'
import { lockNumber } from './lock-number.js'
import { sharedMigrations, sharedSchema } from './shared-migrations.js'
import { sharedStoreErrorOf } from './shared-store-error.js'
import { sharedStoreSql } from './shared-store-sql.js'

/** Of one replica; beside them it has one for its locks. */
const connections = 12
/** Of one statement: what the store asks for takes milliseconds. */
const statementMs = 20_000
/** The server's own limit comes first, unless nothing comes through any more. */
const answerMs = statementMs + 2_000

export interface SharedStore {
  readonly pool: pg.Pool
  readonly sql: StoreSql
  /** For a connection of its own. */
  readonly config: pg.ClientConfig
  /** Such as `parley on db.example`. */
  readonly label: string
  /** Safe to call twice. */
  close(): Promise<void>
}

/** Throws `StoreError`, without the password. */
export async function openSharedStore(url: string): Promise<SharedStore> {
  const read = await readAddress(url)
  if (!read.ok) throw new StoreError('store_unreachable', `${read.message} ${read.hint}`)
  const { address } = read
  for (const [at, tls] of address.tls.entries()) {
    try {
      return await openOn(clientConfig(address, tls), labelOf(address))
    } catch (error) {
      if (lacksTls(error) && at + 1 < address.tls.length) continue
      throw unusable(error, address)
    }
  }
  throw new Error('An address has at least one way to connect.')
}

async function openOn(address: pg.ClientConfig, label: string): Promise<SharedStore> {
  const config = {
    ...address,
    options: `-c search_path=${sharedSchema}`,
    connectionTimeoutMillis: connectTimeoutMs,
    keepAlive: true,
  }
  await migrateShared({ ...config, statement_timeout: 0 })
  const limits = { statement_timeout: statementMs, query_timeout: answerMs }
  const pool = new pg.Pool({ ...config, ...limits, max: connections })
  // A connection that ends is told by the work on it; one at rest is replaced.
  pool.on('error', () => {})
  pool.on('connect', (client) => client.on('error', () => {}))
  let closing: Promise<void> | undefined
  return {
    pool,
    sql: sharedStoreSql(pool),
    config,
    label,
    close: () => {
      closing ??= pool.end()
      return closing
    },
  }
}

/** Replicas that start at once do this one after the other. */
async function migrateShared(config: pg.ClientConfig): Promise<void> {
  const client = new pg.Client(config)
  client.on('error', () => {})
  await client.connect()
  try {
    await client.query('SELECT pg_advisory_lock($1)', [lockNumber('migrations')])
    const version = await versionOf(client)
    if (version > sharedMigrations.length) throw newer(version)
    if (version === sharedMigrations.length) return
    const counted = `UPDATE store_version SET version = ${sharedMigrations.length}`
    const steps = ['BEGIN', ...sharedMigrations.slice(version), counted, 'COMMIT']
    await client.query(steps.join(';\n'))
  } finally {
    // With its connection the lock goes, too.
    await client.end().catch(() => {})
  }
}

async function versionOf(client: pg.Client): Promise<number> {
  // Who may only use a schema that is there already may not say CREATE SCHEMA.
  const schemas = await client.query('SELECT 1 FROM pg_namespace WHERE nspname = $1', [
    sharedSchema,
  ])
  if (schemas.rowCount === 0) await client.query(`CREATE SCHEMA ${quoteName(sharedSchema)}`)
  await client.query('CREATE TABLE IF NOT EXISTS store_version (version INTEGER NOT NULL)')
  const found = await client.query<{ version: number }>('SELECT version FROM store_version')
  if (found.rows[0]) return found.rows[0].version
  await client.query('INSERT INTO store_version VALUES (0)')
  return 0
}

function newer(version: number): StoreError {
  const message = `The conversations in PostgreSQL were written by a newer Parley: their form is number ${version}, this program knows ${sharedMigrations.length}.`
  return new StoreError('store_newer', message)
}

function unusable(error: unknown, address: PostgresAddress): StoreError {
  if (error instanceof StoreError) return error
  const said = sharedStoreErrorOf(error)
  if (said && /does not let/.test(said.message)) {
    const message = `The role of PARLEY_STORE may not make the schema "${sharedSchema}" in ${labelOf(address)}.`
    return new StoreError('store_unreachable', message, { cause: error })
  }
  const { message, hints } = connectFailure(error, address)
  return new StoreError('store_unreachable', [message, ...hints].join(' '), { cause: error })
}
