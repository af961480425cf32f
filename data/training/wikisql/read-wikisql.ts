/** Reads WikiSQL's training questions: tables of the web without their rows, and with some of their headers. */
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { columnName } from './column-name.js'
import { judgeWording, type WordingVerdict } from './judge-wording.js'
import { standInValue } from './stand-in-value.js'
import type { WikiAggregate, WikiCondition, WikiQuestion, WikiTable } from './wiki-question.js'
import { isNumeral, ungrouped } from './wiki-question.js'

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
/** In words. */
const shortestQuestion = 4
const longestQuestion = 40
const fewestColumns = 3

export type WikiRejection = 'unread' | 'unnamed_column' | 'value_not_in_question' | 'wording'

const rejectionBy: Readonly<Record<WordingVerdict, WikiRejection | undefined>> = {
  sure: undefined,
  doubtful: 'wording',
  wrong: 'wording',
}

export interface WikiReading {
  readonly tables: readonly WikiTable[]
  /** Those of which only headers are known: no question on them is surely right. */
  readonly unasked: readonly WikiTable[]
  /** By table: what lacks one sign of asking for its SQL, as hard questions do and wrong ones, or has another's value. */
  readonly doubtful: ReadonlyMap<string, readonly WikiQuestion[]>
  readonly rejected: Readonly<Partial<Record<WikiRejection, number>>>
}

/** `folder` holds `train_partial.jsonl`. Throws when it is missing or has another layout. */
export async function readWikiSql(folder: string): Promise<WikiReading> {
  const text = await readFile(join(folder, 'train_partial.jsonl'), 'utf8')
  const rejected: Partial<Record<WikiRejection, number>> = {}
  const tables = new Map<
    string,
    { columns: ReadonlyMap<number, string>; questions: WikiQuestion[] }
  >()
  const doubtful = new Map<string, WikiQuestion[]>()
  for (const [index, line] of text.split('\n').entries()) {
    if (line.trim() === '') continue
    const row = lines.parse(JSON.parse(line))
    const table = tables.get(row.table_id) ?? {
      columns: readColumns(row.known_columns),
      questions: [],
    }
    tables.set(row.table_id, table)
    const read = readQuestion(`wikisql-${index}`, row, table.columns)
    const rejection = typeof read === 'string' ? read : rejectionBy[read.verdict]
    if (rejection !== undefined) rejected[rejection] = (rejected[rejection] ?? 0) + 1
    if (typeof read === 'string' || read.verdict === 'wrong') continue
    const doubts = doubtful.get(row.table_id) ?? []
    doubtful.set(row.table_id, doubts)
    const list = read.verdict === 'sure' && !read.hasStandIn ? table.questions : doubts
    if (!list.some(({ text }) => text === read.question.text)) list.push(read.question)
  }
  const wide = [...tables]
    .map(([id, table]) => ({ id, ...table }))
    .filter(({ columns }) => columns.size >= fewestColumns)
  return {
    tables: wide.filter(({ questions }) => questions.length > 0),
    unasked: wide.filter(({ questions }) => questions.length === 0),
    doubtful,
    rejected,
  }
}

/** Of two columns with one header, one is a wrong guess: neither is used. */
function readColumns(known: Readonly<Record<string, string>>): ReadonlyMap<number, string> {
  const named = Object.entries(known).flatMap(([number, header]) => {
    const name = columnName(header)
    return name === undefined ? [] : [[Number(number), name] as const]
  })
  const isAlone = (name: string) => named.filter(([, other]) => other === name).length === 1
  return new Map(named.filter(([, name]) => isAlone(name)))
}

interface ReadQuestion {
  readonly question: WikiQuestion
  readonly verdict: WordingVerdict
  readonly hasStandIn: boolean
}

function readQuestion(
  id: string,
  { question, sql_cols: sql }: z.infer<typeof lines>,
  columns: ReadonlyMap<number, string>,
): ReadQuestion | WikiRejection {
  const [, aggregate, selected, where = ''] = wholeSql.exec(sql) ?? []
  const text = question.replaceAll(/\s+/g, ' ').trim()
  const length = text.split(' ').length
  if (selected === undefined || length < shortestQuestion || length > longestQuestion)
    return 'unread'
  const read = readConditions(where, columns, text)
  if (typeof read === 'string') return read
  const { conditions, hasStandIn } = read
  const column = Number(selected)
  if (!columns.has(column)) return 'unnamed_column'
  const used = [column, ...conditions.map((condition) => condition.column)]
  if (new Set(used).size < used.length || conditions.some(comparesText)) return 'unread'
  const asked = { id, text, aggregate: aggregate as WikiAggregate | undefined, column, conditions }
  return { question: asked, verdict: judgeWording(asked, columns), hasStandIn }
}

interface ReadConditions {
  readonly conditions: readonly WikiCondition[]
  /** A value of the SQL is another question's; the one that stands here in its place was guessed. */
  readonly hasStandIn: boolean
}

function readConditions(
  where: string,
  columns: ReadonlyMap<number, string>,
  text: string,
): ReadConditions | WikiRejection {
  const conditions: WikiCondition[] = []
  let hasStandIn = false
  for (const part of where === '' ? [] : where.split(nextCondition)) {
    const [, number, operator, written = ''] = oneCondition.exec(part) ?? []
    if (number === undefined) return 'unread'
    const header = columns.get(Number(number))
    if (header === undefined) return 'unnamed_column'
    const own = spelledValue(written, text)
    const value = own ?? spelledValue(insteadOf(written, header, text), text)
    if (value === undefined) return 'value_not_in_question'
    hasStandIn ||= own === undefined
    conditions.push({ column: Number(number), operator: operator as '=' | '<' | '>', value })
  }
  const differ = new Set(conditions.map(({ value }) => value)).size === conditions.length
  return differ || !hasStandIn ? { conditions, hasStandIn } : 'value_not_in_question'
}

/** Empty where nothing can be told. */
function insteadOf(written: string, header: string, text: string): string {
  return standInValue(unquoted(written), header.replaceAll('_', ' '), text) ?? ''
}

function comparesText({ operator, value }: WikiCondition): boolean {
  return operator !== '=' && !isNumeral(value)
}

/** Its case is lost in part of the set; the question's is taken then. */
function spelledValue(value: string, question: string): string | undefined {
  const plain = unquoted(value)
  if (plain === '') return undefined
  const number = ungrouped(plain)
  if (isNumeral(number)) {
    const digits = ungrouped(question)
    return new RegExp(`(?<![\\d.])${number.replaceAll('.', '\\.')}(?!\\.?\\d)`).test(digits)
      ? number
      : undefined
  }
  const at = question.toLowerCase().indexOf(plain.toLowerCase())
  const [before = '', after = ''] = [question[at - 1], question[at + plain.length]]
  if (at < 0 || /[\p{L}\p{N}]/u.test(before) || /[\p{L}\p{N}]/u.test(after)) return undefined
  const hasCase = plain !== plain.toLowerCase() && plain !== plain.toUpperCase()
  return hasCase ? plain : question.slice(at, at + plain.length)
}

function unquoted(value: string): string {
  return value
    .trim()
    .replace(/^"(.*)"$/, '$1')
    .trim()
}
