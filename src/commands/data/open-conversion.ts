/** Opens what a conversion needs, and closes it: SQLite, the engine converted to, and the converter. */
import type { DialectEngine, TargetDialect } from '../../../data/dialects/dialect-engine.js'
import { openDuckDbTrial } from '../../../data/dialects/duckdb-trial.js'
import { openJoinFreeConverter } from '../../../data/dialects/join-free-converter.js'
import { startPostgres } from '../../../data/dialects/postgres-server.js'
import { openPostgresTrial } from '../../../data/dialects/postgres-trial.js'
import type { QueryConverter } from '../../../data/dialects/query-converter.js'
import { openSqlglotConverter } from '../../../data/dialects/sqlglot-converter.js'
import { SqliteRunner } from '../../../data/evaluation/sqlite/sqlite-runner.js'
import type { CommandContext } from '../command-context.js'
import { sqlglotPython } from './sqlglot-python.js'

/** sqlglot with what the schema tells; sqlglot alone; our own tree, by way of join-free SQL. */
export const converterNames = ['sqlglot', 'plain', 'join-free'] as const
export type ConverterName = (typeof converterNames)[number]

export interface ConversionWishes {
  readonly to: TargetDialect
  readonly converter: ConverterName
  /** Of a PostgreSQL server; one is started when left out. */
  readonly url?: string
}

type OpenEngine =
  | { readonly ok: true; readonly engine: DialectEngine; close(): Promise<void> }
  | { readonly ok: false; readonly message: string }

/** For one query on SQLite. */
const sqliteTimeoutMs = 10_000

/** What cannot be opened is a value. */
export async function openConversion(
  { to, converter: name, url }: ConversionWishes,
  context: CommandContext,
) {
  const converter = await openConverter(to, name, context)
  if (!converter) return { ok: false, message: 'There is no Python to convert with.' } as const
  const opened = await (to === 'duckdb' ? openDuckDb() : openPostgres(url))
  if (!opened.ok) {
    await converter.close()
    return opened
  }
  const sqlite = new SqliteRunner(sqliteTimeoutMs)
  const close = async () => {
    await converter.close()
    await sqlite.close()
    await opened.close()
  }
  return { ok: true, parts: { sqlite, engine: opened.engine, converter }, close } as const
}

async function openConverter(
  target: TargetDialect,
  name: ConverterName,
  context: CommandContext,
): Promise<QueryConverter | undefined> {
  if (name === 'join-free') return openJoinFreeConverter(target)
  const python = await sqlglotPython(context)
  if (python === undefined) return undefined
  return openSqlglotConverter({ python, target, plain: name === 'plain' })
}

async function openDuckDb(): Promise<OpenEngine> {
  const engine = await openDuckDbTrial()
  return { ok: true, engine, close: () => engine.close() }
}

async function openPostgres(url: string | undefined): Promise<OpenEngine> {
  if (url !== undefined) return connect({ url }, async () => {})
  const started = await startPostgres()
  if (!started.ok) return started
  return connect(started.server, () => started.server.close())
}

/** An address that nothing answers at, or that is none, is a value. */
async function connect(
  place: Parameters<typeof openPostgresTrial>[0],
  stop: () => Promise<void>,
): Promise<OpenEngine> {
  try {
    const engine = await openPostgresTrial(place)
    const close = async () => {
      await engine.close()
      await stop()
    }
    return { ok: true, engine, close }
  } catch (error) {
    await stop()
    const reason = error instanceof Error && error.message ? error.message : String(error)
    return { ok: false, message: `PostgreSQL cannot be used: ${reason}` }
  }
}
