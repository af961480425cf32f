/** nvBench: `NVBench.json`, or its questions as JSON lines, over the databases of Spider. */
import { join } from 'node:path'
import { z } from 'zod'
import type { ExpectedChart } from '../evaluation-question.js'
import {
  type Converted,
  checkRows,
  type LayoutInput,
  linesOf,
  notThere,
  parseJson,
  readFirst,
  withDatabase,
} from './converted.js'
import { sqlOfVql } from './sql-of-vql.js'

const charts: Readonly<Record<string, ExpectedChart>> = {
  Bar: 'bar',
  'Stacked Bar': 'stacked_bar',
  Line: 'line',
  'Grouping Line': 'line',
  Pie: 'pie',
  Scatter: 'scatter',
  'Grouping Scatter': 'scatter',
}

const line = z.object({
  id: z.string(),
  n: z.number(),
  db_id: z.string(),
  chart: z.string(),
  question: z.string(),
  vql: z.string(),
})

const official = z.object({
  db_id: z.string(),
  chart: z.string(),
  vis_query: z.object({ VQL: z.string() }),
  nl_queries: z.array(z.string()),
})

export async function readNvBench(input: LayoutInput): Promise<Converted> {
  const { folder, split, databases } = input
  const names = ['NVBench.json', `nvbench_${split}.jsonl`]
  const file = await readFirst(folder, names)
  if (!file) return notThere(folder, names)
  const checked = file.name.endsWith('.jsonl')
    ? checkRows(line, linesOf(file.text))
    : officialOf(file.text)
  if (!checked.ok) return checked
  const home = databases ?? join(folder, 'database')
  const drawn = checked.rows.filter(({ chart }) => chart in charts)
  return withDatabase(
    drawn.map(({ id, n, db_id, chart, question, vql }) => ({
      id: `${id}-${n}`,
      source: join(home, db_id, `${db_id}.sqlite`),
      question,
      sql: sqlOfVql(vql),
      chart: charts[chart],
    })),
  )
}

/** One entry has several wordings of one question. */
function officialOf(text: string) {
  const entries = Object.entries(Object(parseJson(text)) as Record<string, unknown>)
  const checked = checkRows(
    official,
    entries.map(([, entry]) => entry),
  )
  if (!checked.ok) return checked
  const rows = checked.rows.flatMap(({ db_id, chart, vis_query, nl_queries }, at) =>
    nl_queries.map((question, n) => {
      const id = entries[at]?.[0] ?? String(at)
      return { id, n, db_id, chart, question, vql: vis_query.VQL }
    }),
  )
  return { ok: true as const, rows }
}
