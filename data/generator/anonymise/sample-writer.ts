/** Writes rows of the tables as they could be, with nobody in them who is in the database. */
import { sqlColumn, sqlName, sqlText } from '../../../models/grammar/sql-name.js'
import type { Catalog, ColumnReference, Table, Value } from '../../catalog.js'
import type { Database } from '../../database.js'
import { createRandom, type Random, seedOf } from '../../random.js'
import type { Draft } from '../pair.js'
import type { PairWriter } from '../pair-writer.js'
import { type Marks, markOf } from './column-marks.js'
import { createStandIns, type StandIns } from './stand-ins.js'

export interface SampleWriting {
  readonly catalog: Catalog
  readonly database: Pick<Database, 'query'>
  readonly marks: Marks
  readonly seed: number
  readonly jitter: number
}

/** Rows of one sample. */
const [fewestRows, mostRows] = [2, 8]

export function createSampleWriter(writing: SampleWriting): PairWriter {
  const { catalog, database, marks, seed, jitter } = writing
  const tables = catalog.tables.filter(({ rowCount }) => rowCount > 0)
  const isStored = (column: ColumnReference, text: string) => isInColumn(database, column, text)
  const standIns = createStandIns({ catalog, seed, jitter, isStored })
  const empty = catalog.tables.filter(({ rowCount }) => rowCount === 0)
  return {
    name: 'samples',
    notes: empty.map(({ name }) => `${name} has no rows, so none are shown.`),
    async draft(number, signal) {
      if (tables.length === 0) return []
      const random = createRandom(seedOf(`${seed}:sample_data:${number}`))
      const table = random.pick(tables)
      const asked = askRows(table, random)
      const outcome = await database.query(asked.sql, { signal })
      if (!outcome.ok) return []
      const names = outcome.result.columns.map(({ name }) => name)
      const data: Record<string, Value>[] = []
      for (const row of outcome.result.rows) {
        data.push(await replaceRow({ table, names, marks, standIns }, row))
      }
      return [{ ...asked, tables: [table.name], data }]
    },
  }
}

function askRows(table: Table, random: Random): Draft & { readonly sql: string } {
  const { name, columns, primaryKey, rowCount } = table
  const count = Math.min(rowCount, random.integer(fewestRows, mostRows))
  const skipped = random.integer(0, rowCount - count)
  const order = primaryKey.map((key) => sqlColumn(name, key))
  const isWhole = random.chance(60)
  const some = columns.filter(() => random.chance(50))
  const shown = isWhole || some.length === 0 ? columns : some
  const list = shown.map((column) => sqlColumn(name, column.name)).join(', ')
  const sorted = order.length > 0 ? ` order by ${order.join(', ')}` : ''
  const after = skipped > 0 ? ` offset ${skipped}` : ''
  const by = primaryKey.length > 0 ? `, in order of ${primaryKey.join(' and ')}` : ''
  const behind = skipped > 0 ? ` after the first ${skipped}` : ''
  const what =
    shown === columns
      ? 'rows'
      : `values of ${shown.map((column) => column.name).join(', ')} in rows`
  const question = random.pick([
    `Show ${count} ${what} of ${name}${behind}${by}.`,
    `Give me ${count} ${what} of ${name}${behind}${by}.`,
    `What do ${count} ${what} of ${name} look like${behind}${by}?`,
    `Show a sample of ${count} ${what} from ${name}${behind}${by}.`,
  ])
  return {
    template: shown === columns ? 'whole rows' : 'some columns of rows',
    question,
    sql: `select ${list} from ${sqlName(name)}${sorted} limit ${count}${after}`,
  }
}

interface Replacing {
  readonly table: Table
  readonly names: readonly string[]
  readonly marks: Marks
  readonly standIns: StandIns
}

async function replaceRow(
  { table, names, marks, standIns }: Replacing,
  row: readonly Value[],
): Promise<Record<string, Value>> {
  const replaced: Record<string, Value> = {}
  for (const [at, name] of names.entries()) {
    const column = { table: table.name, column: name }
    const mark = markOf(marks, table.name, name)
    const value = row[at] ?? null
    replaced[name] =
      mark === 'none'
        ? standIns.move(column, JSON.stringify(row), value)
        : await standIns.replace(column, mark, value)
  }
  return replaced
}

async function isInColumn(
  database: Pick<Database, 'query'>,
  { table, column }: ColumnReference,
  text: string,
): Promise<boolean> {
  const sql = `select count(*) from ${sqlName(table)} where cast(${sqlColumn(table, column)} as varchar) = ${sqlText(text)}`
  const outcome = await database.query(sql)
  return outcome.ok && outcome.result.rows[0]?.[0] !== 0
}
