/**
 * The questions of the demos, asked of the same rows in MariaDB and in DuckDB, by the rules generator. It takes minutes:
 * `PARLEY_TEST_DEMOS=retail,saas npx vitest run tests/integration/data/mysql-demos.test.ts` prints the figures.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { DemoDataset } from '../../../data/demo/demo-dataset.js'
import { demoDatasets } from '../../../data/demo/demo-datasets.js'
import { demoFile } from '../../../data/demo/demo-file.js'
import { evaluateQuestions } from '../../../data/evaluation/evaluate-questions.js'
import { readQuestions } from '../../../data/evaluation/evaluation-question.js'
import type { Judge } from '../../../data/evaluation/judge-answer.js'
import { askThrough } from '../../../src/commands/open-evaluated-source.js'
import { openJudge } from '../../../src/commands/open-judge.js'
import { copyToMysql } from '../../support/copy-to-mysql.js'
import { hasMysql, useOwnMysql } from '../../support/mysql-database.js'
import { type TemporaryHome, temporaryHome } from '../../support/temporary-product.js'

const asked = process.env.PARLEY_TEST_DEMOS?.split(',') ?? []
const demos = demoDatasets.filter(({ name }) => asked.includes(name))
/** Points of a hundred. */
const tolerance = 2
const judging = { rules: 'ties', keepDistinct: true } as const

describe.skipIf(!hasMysql || demos.length === 0)('the questions of the demos on MariaDB', () => {
  const server = useOwnMysql()
  const { signal } = new AbortController()
  let home: TemporaryHome
  beforeAll(async () => {
    home = await temporaryHome()
  })
  afterAll(() => home?.remove())

  it.each(demos)('are answered as well as on DuckDB: $name', { timeout: 900_000 }, async (demo) => {
    const path = await demoFile(demo, home.path)
    const config = { home: home.path, allowWriter: false }
    const gold = await openJudge(path, config, judging, signal)
    const onDuckDb = await share(demo, path, gold.judge)
    const url = await server.create(demo.name, [])
    const client = await server.client(demo.name)
    await copyToMysql(path, client)
    await client.end()
    const own = await openJudge(url, config, judging, signal)
    const onMysql = await share(demo, url, own.judge, gold.judge)
    await Promise.all([gold.close(), own.close()])
    process.stderr.write(`${demo.name}: DuckDB ${onDuckDb}, MariaDB ${onMysql}\n`)
    expect(Math.abs(onMysql - onDuckDb)).toBeLessThanOrEqual(tolerance)
  })

  /** Of the questions, how many of a hundred are answered right; gold SQL is DuckDB's own. */
  async function share(demo: DemoDataset, source: string, judge: Judge, gold = judge) {
    const file = new URL(`../../../data/demo/${demo.name}/questions.jsonl`, import.meta.url)
    const read = await readQuestions(file.pathname)
    if (!read.ok) throw new Error(read.message)
    const golds = new Set(read.questions.flatMap(({ sqls }) => sqls))
    const run = (sql: string) => (golds.has(sql) ? gold : judge).database.run(sql)
    const orchestrator = await home.open({ source, generator: 'rules', waitFor: 'data' })
    const ask = askThrough(orchestrator, { generator: 'rules', withEvidence: true }, signal)
    const items = await evaluateQuestions({
      questions: read.questions,
      openSource: async () => {
        const opened = { ask, judge: { ...judge, database: { run } }, close: async () => {} }
        return { ok: true, source: opened }
      },
    })
    await orchestrator.close()
    for (const { question, verdict, reason, predictedSql } of items) {
      if (verdict !== 'right')
        process.stderr.write(
          `${source.slice(0, 5)} ${verdict}: ${question} | ${reason} | ${predictedSql}\n`,
        )
    }
    const right = items.filter(({ verdict }) => verdict === 'right').length
    return Math.round((1_000 * right) / items.length) / 10
  }
})
