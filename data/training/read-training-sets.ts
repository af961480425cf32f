/** Reads the public text-to-SQL sets that adapters are trained on, and keeps the evaluation's databases out. */
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { readCosql } from './read-cosql.js'
import { readJson } from './read-json.js'
import type { SetQuestion } from './set-question.js'

export interface TrainingSetFolders {
  /** Spider's own layout: `train_spider.json`, `train_others.json`, `dev.json`, `database/`. */
  readonly spider: string
  /** Spider-Syn: `train_spider_syn.json`. */
  readonly spiderSyn?: string
  /** nvBench's questions, one JSON object a line: `nvbench_train.jsonl`. */
  readonly nvBench?: string
  /** CoSQL: `cosql_train.json`, itself or its folder. */
  readonly cosql?: string
}

const spiderRows = z.array(z.object({ db_id: z.string(), question: z.string(), query: z.string() }))
const synonymRows = z.array(z.object({ SpiderQuestion: z.string(), SpiderSynQuestion: z.string() }))
const chartRow = z.object({ db_id: z.string(), question: z.string(), vql: z.string() })

/** Throws when a file is missing or has another layout. */
export async function readTrainingSets(folders: TrainingSetFolders): Promise<SetQuestion[]> {
  const evaluated = await evaluationDatabases(folders.spider)
  const synonyms = await readSynonyms(folders.spiderSyn)
  const spider = await readSpider(folders.spider, synonyms)
  const charts = folders.nvBench ? await readCharts(folders.nvBench) : []
  const openings = folders.cosql ? await readCosql(folders.cosql) : []
  return [...spider, ...charts, ...openings].filter(
    ({ database }) => !evaluated.has(database.toLowerCase()),
  )
}

/** Spider's development databases, in lower case: everything built on them is for measuring alone. */
export async function evaluationDatabases(spider: string): Promise<ReadonlySet<string>> {
  const rows = spiderRows.parse(await readJson(join(spider, 'dev.json')))
  return new Set(rows.map((row) => row.db_id.toLowerCase()))
}

async function readSpider(
  folder: string,
  synonyms: ReadonlyMap<string, readonly string[]>,
): Promise<SetQuestion[]> {
  const files = ['train_spider.json', 'train_others.json']
  const parts = await Promise.all(
    files.map(async (file) => {
      const rows = spiderRows.parse(await readJson(join(folder, file)))
      return rows.map(
        (row, index): SetQuestion => ({
          id: `${file.replace('.json', '')}-${index}`,
          database: row.db_id,
          wordings: [row.question, ...(synonyms.get(row.question) ?? [])],
          sql: row.query,
        }),
      )
    }),
  )
  return parts.flat()
}

async function readSynonyms(
  folder: string | undefined,
): Promise<ReadonlyMap<string, readonly string[]>> {
  if (folder === undefined) return new Map()
  const rows = synonymRows.parse(await readJson(join(folder, 'train_spider_syn.json')))
  const differing = rows.filter((row) => row.SpiderQuestion !== row.SpiderSynQuestion)
  return new Map(differing.map((row) => [row.SpiderQuestion, [row.SpiderSynQuestion]]))
}

/** What nvBench adds to a chart's SQL; binning has no SQL here, so such rows are left out. */
const chartHead = /^visualize\s+(?:stacked bar|grouping line|grouping scatter|\w+)\s+(?=select\b)/i
const binning = /\bbin\s+\S+\s+by\b/i

/** One question a chart's SQL: many of them repeat each other word for word. */
async function readCharts(folder: string): Promise<SetQuestion[]> {
  const text = await readFile(join(folder, 'nvbench_train.jsonl'), 'utf8')
  const rows = text
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => chartRow.parse(JSON.parse(line)))
    .filter((row) => !binning.test(row.vql) && isPlainChart(row.vql))
  const wordings = new Map<string, { row: z.infer<typeof chartRow>; questions: string[] }>()
  for (const row of rows) {
    const key = `${row.db_id}\n${row.vql}`
    const known = wordings.get(key)
    if (known) known.questions.push(row.question)
    else wordings.set(key, { row, questions: [row.question] })
  }
  return [...wordings.values()].map(({ row, questions: [first = '', ...others] }, index) => ({
    id: `nvbench-${index}`,
    database: row.db_id,
    wordings: [first, ...others],
    sql: row.vql.replace(chartHead, ''),
  }))
}

/** Charts that show one number for each group; in the others the SQL often lacks the aggregate that the question asks for. */
function isPlainChart(vql: string): boolean {
  return /\bgroup by\b/i.test(vql) && /\b(count|sum|avg|min|max)\s*\(/i.test(vql)
}
