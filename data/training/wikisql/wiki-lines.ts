/** WikiSQL's training file as it is: questions on tables by column number, and headers that were guessed. */
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import type { WikiAggregate } from './wiki-question.js'

const lines = z.object({
  table_id: z.string(),
  question: z.string(),
  sql_cols: z.string(),
  known_columns: z.record(z.string(), z.string()),
})

const wholeSql =
  /^SELECT (COUNT|SUM|AVG|MIN|MAX)? ?col(\d+) FROM table(?: WHERE (col\d+ [=<>] .*))?$/
const nextCondition = / AND (?=col\d+ [=<>] )/
const oneCondition = /^col(\d+) ([=<>]) (.+)$/

/** As written: of another question on the same table, where both have one form. */
export interface WrittenCondition {
  readonly column: number
  readonly operator: '=' | '<' | '>'
  readonly value: string
}

export interface WrittenQuestion {
  readonly id: string
  readonly text: string
  readonly aggregate?: WikiAggregate
  readonly column: number
  readonly conditions: readonly WrittenCondition[]
}

export interface WrittenTable {
  readonly id: string
  /** `HOME_TEAM`, by column number: swapped at times, twice the same, or absent. */
  readonly headers: ReadonlyMap<number, string>
  readonly questions: readonly WrittenQuestion[]
}

export interface WrittenSet {
  readonly tables: readonly WrittenTable[]
  /** Questions whose SQL has another form. */
  readonly unread: number
}

/** `folder` holds `train_partial.jsonl`. Throws when it is missing or has another layout. */
export async function readWikiLines(folder: string): Promise<WrittenSet> {
  const text = await readFile(join(folder, 'train_partial.jsonl'), 'utf8')
  const tables = new Map<string, WrittenTable & { readonly questions: WrittenQuestion[] }>()
  let unread = 0
  for (const [index, line] of text.split('\n').entries()) {
    if (line.trim() === '') continue
    const row = lines.parse(JSON.parse(line))
    const headers = Object.entries(row.known_columns).map(
      ([at, name]) => [Number(at), name] as const,
    )
    const table = tables.get(row.table_id) ?? {
      id: row.table_id,
      headers: new Map(headers),
      questions: [],
    }
    tables.set(row.table_id, table)
    const question = readSql(row.sql_cols)
    if (question === undefined) unread++
    else
      table.questions.push({ id: `wikisql-${index}`, text: plainText(row.question), ...question })
  }
  return { tables: [...tables.values()], unread }
}

function plainText(question: string): string {
  return question.replaceAll(/\s+/g, ' ').trim()
}

function readSql(sql: string): Omit<WrittenQuestion, 'id' | 'text'> | undefined {
  const [, aggregate, selected, where = ''] = wholeSql.exec(sql) ?? []
  const parts = where === '' ? [] : where.split(nextCondition)
  const conditions = parts.flatMap((part): WrittenCondition[] => {
    const [, column, operator, value = ''] = oneCondition.exec(part) ?? []
    if (column === undefined) return []
    return [{ column: Number(column), operator: operator as '=', value: unquoted(value) }]
  })
  if (selected === undefined || conditions.length < parts.length) return undefined
  return { aggregate: aggregate as WikiAggregate | undefined, column: Number(selected), conditions }
}

function unquoted(value: string): string {
  return value
    .trim()
    .replace(/^"(.*)"$/, '$1')
    .trim()
}
