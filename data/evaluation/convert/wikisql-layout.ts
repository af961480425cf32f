/** WikiSQL: `dev.jsonl` with logical forms, and `dev.tables.jsonl` with the tables they are about. */
import { mkdir, rm } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import Database from 'libsql'
import { z } from 'zod'
import { quoteName, quoteText } from '../../quote.js'
import {
  type Converted,
  checkRows,
  type LayoutInput,
  linesOf,
  notThere,
  readFirst,
} from './converted.js'

export const logicalForm = z.object({
  sel: z.number().int(),
  agg: z.number().int(),
  conds: z.array(z.tuple([z.number().int(), z.number().int(), z.union([z.string(), z.number()])])),
})

const question = z.object({
  table_id: z.string(),
  question: z.string(),
  sql: logicalForm,
})

const table = z.object({
  id: z.string(),
  header: z.array(z.string()),
  types: z.array(z.string()),
  rows: z.array(z.array(z.union([z.string(), z.number(), z.null()]))),
})

type LogicalForm = z.output<typeof logicalForm>
type WikiTable = z.output<typeof table>

/** By the numbers that logical forms have for them. */
export const aggregates = ['', 'MAX', 'MIN', 'COUNT', 'SUM', 'AVG'] as const
export const operators = ['=', '>', '<'] as const

export async function readWikiSql({ folder, split, out }: LayoutInput): Promise<Converted> {
  const [file, tablesFile] = await Promise.all([
    readFirst(folder, [`${split}.jsonl`]),
    readFirst(folder, [`${split}.tables.jsonl`]),
  ])
  if (!file) return notThere(folder, [`${split}.jsonl`])
  // Without rows there is nothing to ask: the tables are the databases.
  if (!tablesFile) return notThere(folder, [`${split}.tables.jsonl`])
  const questions = checkRows(question, linesOf(file.text))
  const tables = checkRows(table, linesOf(tablesFile.text))
  if (!questions.ok) return questions
  if (!tables.ok) return tables
  const home = resolve(out).replace(/(?:\.jsonl)?$/, '-tables')
  await mkdir(home, { recursive: true })
  const known = new Map(tables.rows.map((one) => [one.id, one]))
  const asked = questions.rows.filter(({ table_id }) => known.has(table_id))
  for (const id of new Set(asked.map(({ table_id }) => table_id))) {
    await writeTable(pathOf(home, id), nameOf(id), known.get(id) as WikiTable)
  }
  const lost = questions.rows.length - asked.length
  return {
    ok: true,
    questions: asked.map(({ table_id, question: words, sql }, at) => ({
      id: `${split}-${at}`,
      source: pathOf(home, table_id),
      question: words,
      sql: sqlOfLogicalForm(sql, known.get(table_id) as WikiTable, nameOf(table_id)),
    })),
    leftOut: lost > 0 ? [`${lost} left out: their table is not in ${tablesFile.name}`] : [],
  }
}

/** Texts are compared without regard to case, as WikiSQL's own evaluator does. */
function sqlOfLogicalForm(
  { sel, agg, conds }: LogicalForm,
  { header, types }: Pick<WikiTable, 'header' | 'types'>,
  tableName: string,
): string {
  const column = (at: number) => quoteName(columnNames(header)[at] ?? '')
  const conditions = conds.map(([at, operator, value]) => {
    const isNumber = types[at] === 'real' && Number.isFinite(Number(value))
    const [left, right] = isNumber
      ? [column(at), String(value)]
      : [`lower(CAST(${column(at)} AS TEXT))`, quoteText(String(value).toLowerCase())]
    return `${left} ${operators[operator] ?? '='} ${right}`
  })
  const selected = agg === 0 ? column(sel) : `${aggregates[agg]}(${column(sel)})`
  const where = conditions.length === 0 ? '' : ` WHERE ${conditions.join(' AND ')}`
  return `SELECT ${selected} FROM ${quoteName(tableName)}${where}`
}

/** Headers may be empty or alike; a table's columns may not. */
export function columnNames(header: readonly string[]): readonly string[] {
  const names: string[] = []
  for (const [at, title] of header.entries()) {
    const base = title.trim() || `column ${at + 1}`
    const isTaken = names.some((name) => name.toLowerCase() === base.toLowerCase())
    names.push(isTaken ? `${base} ${at + 1}` : base)
  }
  return names
}

async function writeTable(path: string, name: string, { header, types, rows }: WikiTable) {
  await rm(path, { force: true })
  const database = new Database(path)
  const columns = columnNames(header).map(
    (column, at) => `${quoteName(column)} ${types[at] === 'real' ? 'REAL' : 'TEXT'}`,
  )
  database.exec(`CREATE TABLE ${quoteName(name)} (${columns.join(', ')})`)
  const places = columns.map(() => '?').join(', ')
  const insert = database.prepare(`INSERT INTO ${quoteName(name)} VALUES (${places})`)
  database.exec('BEGIN')
  for (const row of rows) insert.run(...columns.map((_, at) => row[at] ?? null))
  database.exec('COMMIT')
  database.close()
}

function nameOf(id: string): string {
  return `table_${id.replaceAll('-', '_')}`
}

function pathOf(home: string, id: string): string {
  return join(home, `${nameOf(id)}.sqlite`)
}
