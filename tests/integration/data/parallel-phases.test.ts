/** Phases that run at the same time: never more sessions than allowed, and the same files as one after the other. */
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Database } from '../../../data/database.js'
import { openDuckDbDatabase } from '../../../data/duckdb/duckdb-database.js'
import { writeDatabaseFile } from '../../../data/duckdb/write-database-file.js'
import { generatePhases } from '../../../data/generator/generate-phases.js'
import { parseSettings } from '../../../data/generator/settings/read-settings.js'
import { generatePairs } from '../../../src/generate-pairs.js'
import { schoolTables } from '../../support/school-tables.js'

const phases = ['single_table', 'joins', 'complex_sqls']
const wanted = 30

let folder: string
let database: Database

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'parley-parallel-'))
  const path = join(folder, 'school.duckdb')
  await writeDatabaseFile(path, async (connection) => {
    for (const statement of schoolTables) await connection.run(statement)
  })
  database = await openDuckDbDatabase(path, { label: 'school' })
}, 60_000)

afterAll(async () => {
  await database.close()
  await rm(folder, { recursive: true })
})

/** Counts the sessions that are open at once; each stays open for a moment. */
function counting() {
  const seen = { open: 0, most: 0 }
  const held = async <Result>(work: () => Promise<Result>) => {
    seen.open++
    seen.most = Math.max(seen.most, seen.open)
    await new Promise((resolve) => setTimeout(resolve, 2))
    return work().finally(() => seen.open--)
  }
  const counted: Pick<Database, 'explain' | 'query' | 'introspect'> = {
    introspect: (signal) => database.introspect(signal),
    explain: (sql, signal) => held(() => database.explain(sql, signal)),
    query: (sql, options) => held(() => database.query(sql, options)),
  }
  return { seen, counted }
}

async function generate(out: string, limits: string) {
  const list = phases.map((name) => `  - {name: ${name}, count: ${wanted}, parallelism: 2}\n`)
  const read = parseSettings(
    `output_dir: ${join(folder, out)}\n${limits}\nphases:\n${list.join('')}`,
    out,
  )
  if (!read.ok) throw new Error(read.problems.join(' '))
  const { seen, counted } = counting()
  const generated = await generatePhases({
    settings: read.settings,
    name: 'school',
    database: counted,
    log: { write: () => {} },
    signal: new AbortController().signal,
  })
  if (!generated.ok) throw new Error(generated.message)
  const texts = generated.phases.map(({ path }) => readFile(path, 'utf8'))
  return { most: seen.most, reports: generated.phases, texts: await Promise.all(texts) }
}

describe('phases at the same time', () => {
  it('never hold more sessions than all may have, and use more than one phase could', async () => {
    const limits = 'db_concurrent_sessions: 1\nmax_db_sessions: 7\nparallel_phases: 3'
    const { most, reports } = await generate('limited', limits)
    expect(most).toBeLessThanOrEqual(7)
    expect(most).toBeGreaterThan(2)
    expect(reports.map(({ phase, written }) => [phase, written])).toEqual(
      phases.map((phase) => [phase, wanted]),
    )
  }, 60_000)

  it('share out few sessions', async () => {
    const limits = 'db_concurrent_sessions: 8\nmax_db_sessions: 5\nparallel_phases: 2'
    expect((await generate('few', limits)).most).toBeLessThanOrEqual(5)
  }, 60_000)

  it('report one step for all, to its end', async () => {
    const read = parseSettings(
      `output_dir: ${join(folder, 'steps')}\nparallel_phases: 2\nphases:\n  - {name: joins, count: 5}\n  - {name: single_table, count: 5}\n`,
      'steps',
    )
    if (!read.ok) throw new Error(read.problems.join(' '))
    const seen: string[] = []
    const onProgress = (step: string, done: number, total: number) =>
      void seen.push(`${step} ${done}/${total}`)
    const source = join(folder, 'school.duckdb')
    await generatePairs({ settings: read.settings, source, home: join(folder, 'home'), onProgress })
    const steps = Array.from({ length: 11 }, (_, at) => `Generating pairs ${at}/10`)
    expect([...new Set(seen)]).toEqual(steps)
  }, 60_000)

  it('write the same lines as one after the other', async () => {
    const alone = await generate('alone', 'parallel_phases: 1')
    const together = await generate('together', 'parallel_phases: 3')
    expect(together.texts).toEqual(alone.texts)
  }, 60_000)
})
