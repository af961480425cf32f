/** Makes sure that a Spark Connect server answers, that it knows the database, and that there is at least one table. */
import { labelOf, publicPath, readSparkAddress, type SparkAddress } from '../spark/address.js'
import { connectFailure } from '../spark/connect-failure.js'
import { readTableNames } from '../spark/introspect-schema.js'
import { readTexts } from '../spark/run-select.js'
import { openSparkDatabase } from '../spark/spark-database.js'
import { SparkSession } from '../spark/spark-session.js'
import { type SourceLimits, type SourceOutcome, sourceFailure } from './source.js'

/** Milliseconds for the look; the first statement of a server that just started takes long. */
const lookMs = 60_000
/** What the guard relies on, such as that no path stands for a table unless the session says so. */
const oldestVersion = 4

export async function checkSpark(url: string): Promise<SourceOutcome> {
  const read = await readSparkAddress(url)
  if (!read.ok) return sourceFailure('source_unsupported', read.message, read.hint)
  const { address } = read
  try {
    return judge(address, await look(address))
  } catch (error) {
    return { ok: false, failure: connectFailure(error, address) }
  }
}

async function look(address: SparkAddress) {
  const session = new SparkSession(address)
  try {
    const signal = AbortSignal.timeout(lookMs)
    const told = await session.analyze({ spark_version: {} })
    const tables = await readTableNames((sql) => readTexts(session, sql, signal))
    return { version: told.spark_version?.version ?? '', tables }
  } finally {
    await session.close()
  }
}

function judge(
  address: SparkAddress,
  { version, tables }: Awaited<ReturnType<typeof look>>,
): SourceOutcome {
  const label = labelOf(address)
  if (Number.parseInt(version, 10) < oldestVersion) {
    const hint = 'Ask a newer one, or export its tables as Parquet files.'
    return sourceFailure(
      'source_unsupported',
      `The server is older than Spark ${oldestVersion}.`,
      hint,
    )
  }
  if (tables.length === 0) {
    const hint = 'Create tables over your files there, or name another database behind the host.'
    return sourceFailure('source_empty', `There is no table in ${label}.`, hint)
  }
  const connect = (limits?: SourceLimits) => openSparkDatabase(address, { limits })
  return { ok: true, source: { kind: 'spark', path: publicPath(address), label, connect } }
}
