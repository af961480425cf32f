/**
 * The demo's questions on Spark: answered by rules there, they are as often right as on DuckDB. It takes minutes:
 * `PARLEY_ATTACKS=large npx vitest run tests/integration/data/spark-questions.test.ts` prints the figures.
 */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type DuckDBConnection, DuckDBInstance } from '@duckdb/node-api'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { demoFile } from '../../../data/demo/demo-file.js'
import { retail } from '../../../data/demo/retail/retail.js'
import { toValue } from '../../../data/duckdb/cell-value.js'
import { evaluateQuestions } from '../../../data/evaluation/evaluate-questions.js'
import { readQuestions } from '../../../data/evaluation/evaluation-question.js'
import type { ScoredDatabase } from '../../../data/evaluation/score-sql.js'
import { isLarge } from '../../support/attack-size.js'
import { copyToSpark } from '../../support/copy-to-spark.js'
import { hasSpark, openSpark, useOwnSpark } from '../../support/spark-cluster.js'
import { type TemporaryHome, temporaryHome } from '../../support/temporary-product.js'

const file = new URL('../../../data/demo/retail/questions.jsonl', import.meta.url).pathname
/** Points of a hundred. */
const mostApart = 2

describe.skipIf(!hasSpark || !isLarge)('The demo questions on Spark', () => {
  const spark = useOwnSpark()
  let folder: string
  let home: TemporaryHome
  let instance: DuckDBInstance
  let connection: DuckDBConnection
  let url: string
  let path: string

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'parley-spark-demo-'))
    home = await temporaryHome()
    path = await demoFile(retail, folder)
    url = await copyToSpark(path, spark, 'retail')
    instance = await DuckDBInstance.create(path, { access_mode: 'READ_ONLY' })
    connection = await instance.connect()
  }, 240_000)
  afterAll(async () => {
    await home?.remove()
    connection?.closeSync()
    instance?.closeSync()
    if (folder !== undefined) await rm(folder, { recursive: true })
  })

  /** The gold SQL is DuckDB's, and so are the rows that count as right. */
  const onDuckDb: ScoredDatabase['run'] = async (sql) => {
    const reader = await connection.runAndReadAll(sql)
    return { ok: true, rows: reader.getRows().map((row) => row.map(toValue)), truncated: false }
  }

  async function rightOn(
    source: string,
    run: ScoredDatabase['run'],
  ): Promise<ReadonlyMap<string, string>> {
    const read = await readQuestions(file)
    if (!read.ok) throw new Error(read.message)
    const { questions } = read
    const golds = new Set(questions.flatMap(({ sqls }) => sqls))
    const database = { run: (sql: string) => (golds.has(sql) ? onDuckDb : run)(sql) }
    const orchestrator = await home.open({ source, waitFor: 'index', generator: 'rules' })
    const items = await evaluateQuestions({
      questions,
      openSource: async () => ({
        ok: true,
        source: {
          ask: ({ question }, conversationId) =>
            orchestrator.process(question, { conversationId, generator: 'rules' }),
          judge: { database, rules: 'ties', keepDistinct: true },
          close: async () => {},
        },
      }),
    })
    return new Map(
      items.map(({ id, verdict, predictedSql, reason }) => [
        id,
        verdict === 'right' ? 'right' : `${verdict}: ${reason} ${predictedSql ?? ''}`,
      ]),
    )
  }

  it('are as often right as on DuckDB, within two points of a hundred', async () => {
    const here = await rightOn(path, onDuckDb)
    const database = await openSpark(url)
    const there = await rightOn(url, async (sql) => {
      const outcome = await database.query(sql, { maxRows: 100_000, timeoutMs: 60_000 })
      return outcome.ok
        ? { ok: true, rows: outcome.result.rows, truncated: outcome.result.truncated }
        : { ok: false, message: outcome.failure.message }
    })
    await database.close()
    const count = (verdicts: ReadonlyMap<string, string>) =>
      [...verdicts.values()].filter((verdict) => verdict === 'right').length
    const apart = [...here].filter(
      ([id, verdict]) => (verdict === 'right') !== (there.get(id) === 'right'),
    )
    process.stdout.write(`DuckDB ${count(here)}, Spark ${count(there)} of ${here.size}\n`)
    expect(here.size).toBeGreaterThan(100)
    expect(count(here)).toBeGreaterThan(here.size / 2)
    const difference = (Math.abs(count(here) - count(there)) * 100) / here.size
    expect(
      difference,
      apart.map(([id]) => `${id} ${there.get(id)}`).join('\n'),
    ).toBeLessThanOrEqual(mostApart)
  }, 600_000)
})
