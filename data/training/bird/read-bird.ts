/** Reads BIRD's training questions: databases known by their column descriptions alone. */
import { join } from 'node:path'
import { z } from 'zod'
import { readJson } from '../read-json.js'
import { type BirdDatabase, type BirdQuestion, columnKey } from './bird-database.js'

const questionRows = z.array(
  z.object({
    train_index: z.number(),
    db_id: z.string(),
    question: z.string(),
    evidence: z.string().nullish(),
    SQL: z.string(),
  }),
)
const descriptions = z.record(z.string(), z.record(z.string(), z.record(z.string(), z.unknown())))

/** In characters. The prompt cuts longer questions, and longer SQL teaches little but patience. */
const longestQuestion = 600
const longestSql = 500

/** The same data as Spider's development databases `world_1` and `car_1`. */
const alsoEvaluated = new Set(['world', 'cars'])

/**
 * `folder` holds `train_compact.json` and `all_db_descriptions.json`; `evaluated` are names in lower case.
 * Throws when one is missing or has another layout.
 */
export async function readBird(
  folder: string,
  evaluated: ReadonlySet<string>,
): Promise<BirdDatabase[]> {
  const rows = questionRows.parse(await readJson(join(folder, 'train_compact.json')))
  const described = descriptions.parse(await readJson(join(folder, 'all_db_descriptions.json')))
  const questions = new Map<string, BirdQuestion[]>()
  for (const row of rows) {
    const name = row.db_id.toLowerCase()
    if (evaluated.has(name) || alsoEvaluated.has(name)) continue
    const text = withEvidence(row)
    if (text.length > longestQuestion || row.SQL.length > longestSql) continue
    const list = questions.get(row.db_id) ?? []
    questions.set(row.db_id, list)
    list.push({ id: `bird-${row.train_index}`, text, sql: row.SQL })
  }
  return [...questions].flatMap(([name, list]) => {
    const tables = described[name]
    if (tables === undefined) return []
    return [{ name: `bird_${name}`, ...readTables(tables), questions: list }]
  })
}

/** In brackets behind the question, as the evaluation asks it. */
function withEvidence({ question, evidence }: z.infer<typeof questionRows>[number]): string {
  const known = evidence?.replaceAll(/\s+/g, ' ').replace(/[;\s]+$/, '') ?? ''
  return known === '' ? question.trim() : `${question.trim()} (${known})`
}

/** Names carry stray blanks, and a few columns stand twice. */
function readTables(
  described: Readonly<Record<string, Readonly<Record<string, unknown>>>>,
): Pick<BirdDatabase, 'tables' | 'descriptions'> {
  const tables = new Map<string, string[]>()
  const texts = new Map<string, string>()
  for (const [name, columns] of Object.entries(described)) {
    const table = name.trim()
    const known = new Map(
      Object.keys(columns).map((column) => [column.trim().toLowerCase(), column.trim()]),
    )
    tables.set(
      table,
      [...known.values()].filter((column) => column !== ''),
    )
    for (const [column, text] of Object.entries(columns)) {
      if (typeof text === 'string') texts.set(columnKey({ table, column: column.trim() }), text)
    }
  }
  return { tables, descriptions: texts }
}
