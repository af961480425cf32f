/** The published sets themselves: what is trained on shares nothing with what is measured on. */
import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { evaluationDatabases, readTrainingSets } from '../../../data/training/read-training-sets.js'
import type { SetQuestion } from '../../../data/training/set-question.js'
import { spiderFolder } from '../../support/datasets.js'

interface SpiderTables {
  readonly db_id: string
  readonly table_names_original: readonly string[]
  readonly column_names_original: readonly (readonly [number, string])[]
}

/** Share of the smaller schema's columns that another schema may have too; Spider's own two parts reach two thirds. */
const maxSharedColumns = 0.7

describe.skipIf(spiderFolder === undefined)('questions to train on', () => {
  const spider = spiderFolder ?? ''
  const beside = (name: string) => {
    const folder = join(spider, '..', name)
    return existsSync(folder) ? folder : undefined
  }
  let questions: readonly SetQuestion[] = []
  let evaluated: ReadonlySet<string> = new Set()
  const columns = new Map<string, ReadonlySet<string>>()

  beforeAll(async () => {
    const folders = { spider, spiderSyn: beside('spider-syn'), nvBench: beside('nvbench') }
    questions = await readTrainingSets(folders)
    evaluated = await evaluationDatabases(spider)
    const tables = JSON.parse(await readFile(join(spider, 'tables.json'), 'utf8'))
    for (const schema of tables as SpiderTables[]) columns.set(schema.db_id, columnsOf(schema))
  })

  it('are on none of the databases that Spider’s development questions are on', () => {
    const trained = new Set(questions.map(({ database }) => database.toLowerCase()))
    expect(trained.size).toBeGreaterThan(100)
    expect(evaluated.size).toBe(20)
    expect([...evaluated].filter((name) => trained.has(name))).toEqual([])
  })

  it('are on no copy of one under another name', () => {
    const trained = [...new Set(questions.map(({ database }) => database))]
    const alike = [...evaluated].flatMap((name) =>
      trained.filter(
        (other) => sharedColumns(columns.get(name), columns.get(other)) > maxSharedColumns,
      ),
    )
    expect(alike).toEqual([])
  })
})

function columnsOf(schema: SpiderTables): ReadonlySet<string> {
  const named = schema.column_names_original.filter(([table]) => table >= 0)
  const names = named.map(([table, column]) => `${schema.table_names_original[table]}.${column}`)
  return new Set(names.map((name) => name.toLowerCase()))
}

function sharedColumns(left?: ReadonlySet<string>, right?: ReadonlySet<string>): number {
  if (left === undefined || right === undefined) return 0
  const shared = [...left].filter((name) => right.has(name)).length
  return shared / Math.min(left.size, right.size)
}
