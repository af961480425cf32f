/** What Spark's planner knows of a table's size without a look at its rows. */
import { planOf } from './plan-of.js'
import { quoteSparkName } from './quote-spark-name.js'
import type { VersionReader } from './read-version.js'
import type { TableSize } from './sample-rows.js'

const units: Readonly<Record<string, number>> = {
  B: 1,
  KiB: 2 ** 10,
  MiB: 2 ** 20,
  GiB: 2 ** 30,
  TiB: 2 ** 40,
  PiB: 2 ** 50,
  EiB: 2 ** 60,
}

export async function readSize(
  analyze: VersionReader['analyze'],
  table: string,
): Promise<TableSize> {
  const plan = planOf(`SELECT * FROM ${quoteSparkName(table)}`)
  const told = await analyze({ explain: { plan, explain_mode: 'EXPLAIN_MODE_COST' } })
  const text = told.explain?.explain_string ?? ''
  const [, size = '0', unit = 'B'] = /sizeInBytes=([\d.E+]+) (\w+)/.exec(text) ?? []
  const rows = /rowCount=([\d.E+]+)/.exec(text)?.[1]
  return {
    bytes: Number(size) * (units[unit] ?? 1),
    ...(rows !== undefined && { rows: Math.round(Number(rows)) }),
  }
}
