/** WikiSQL's questions to be judged by their logical forms: what is known of a table is its columns, not its rows. */
import { z } from 'zod'
import { checkRows, linesOf, readFirst } from '../convert/converted.js'
import { aggregates, columnNames, logicalForm, operators } from '../convert/wikisql-layout.js'
import type { LogicalForm } from './logical-form.js'

export interface WikiColumn {
  readonly name: string
  readonly type: 'text' | 'real'
}

export interface FormQuestion {
  /** `dev-7` is the eighth of its file. */
  readonly id: string
  readonly tableId: string
  readonly columns: readonly WikiColumn[]
  readonly question: string
  readonly gold: LogicalForm
}

export type FormReading =
  | { readonly ok: true; readonly questions: readonly FormQuestion[] }
  | { readonly ok: false; readonly message: string }

const type = z.string().transform((text) => (text === 'real' ? 'real' : 'text') as 'text' | 'real')
const column = z.object({ name: z.string(), type })

/** As published, `sql` is the form and the columns stand in the file of tables; other copies have both in the line. */
const question = z.object({
  table_id: z.string(),
  question: z.string(),
  lf: logicalForm.optional(),
  sql: z.union([logicalForm, z.string()]).optional(),
  columns: z.array(column).optional(),
})

const table = z.object({ id: z.string(), header: z.array(z.string()), types: z.array(type) })

type Line = z.output<typeof question>

/** Reads `dev.jsonl`, and `dev.tables.jsonl` where the lines have no columns. */
export async function readFormQuestions(folder: string): Promise<FormReading> {
  const [file, tablesFile] = await Promise.all([
    readFirst(folder, ['dev.jsonl']),
    readFirst(folder, ['dev.tables.jsonl']),
  ])
  if (!file) return { ok: false, message: `There is no dev.jsonl in ${folder}.` }
  const lines = checkRows(question, linesOf(file.text))
  const tables = checkRows(table, tablesFile ? linesOf(tablesFile.text) : [])
  if (!lines.ok) return lines
  if (!tables.ok) return tables
  const known = new Map(
    tables.rows.map(({ id, header, types }) => {
      return [id, header.map((name, at) => ({ name, type: types[at] ?? 'text' }))] as const
    }),
  )
  const questions: FormQuestion[] = []
  for (const [at, line] of lines.rows.entries()) {
    const read = readLine(line, `dev-${at}`, line.columns ?? known.get(line.table_id))
    if (!read)
      return { ok: false, message: `Line ${at + 1} of dev.jsonl lacks its columns or form.` }
    questions.push(read)
  }
  return { ok: true, questions }
}

function readLine(
  { table_id: tableId, question: words, lf, sql }: Line,
  id: string,
  columns: readonly WikiColumn[] | undefined,
): FormQuestion | undefined {
  const form = lf ?? (typeof sql === 'object' ? sql : undefined)
  if (!form || !columns) return undefined
  const names = columnNames(columns.map(({ name }) => name))
  return {
    id,
    tableId,
    columns: columns.map((each, at) => ({ ...each, name: names[at] ?? each.name })),
    question: words,
    gold: goldOf(form),
  }
}

function goldOf({ sel, agg, conds }: z.output<typeof logicalForm>): LogicalForm {
  return {
    aggregate: aggregates[agg] || undefined,
    column: sel,
    conditions: conds.map(([at, operator, value]) => {
      return { column: at, operator: operators[operator] ?? '=', value: String(value) }
    }),
  }
}
