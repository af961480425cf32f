/** Reads WikiSQL's training questions: tables of the web without their rows, and with some of their headers. */
import { columnName, looseName } from './column-name.js'
import { mendHeaders } from './headers/mend-headers.js'
import { judgeWording, type WordingVerdict } from './judge-wording.js'
import { standInValue } from './stand-in-value.js'
import {
  readWikiLines,
  type WrittenCondition,
  type WrittenQuestion,
  type WrittenSet,
  type WrittenTable,
} from './wiki-lines.js'
import type { WikiCondition, WikiQuestion, WikiTable } from './wiki-question.js'
import { isNumeral, ungrouped } from './wiki-question.js'

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

export interface WikiSet extends WrittenSet {
  /** By column for each table, in their order. */
  readonly headers: readonly ReadonlyMap<number, string>[]
}

/** `folder` holds `train_partial.jsonl`. Throws when it is missing or has another layout. */
export async function readWikiSql(folder: string): Promise<WikiSet> {
  const written = await readWikiLines(folder)
  return { ...written, headers: mendHeaders(written.tables) }
}

/** `nameOf` turns a header into the column's name, or into undefined where it makes none. */
export function judgeQuestions(
  { tables: written, unread, headers }: WikiSet,
  nameOf: (header: string) => string | undefined = columnName,
): WikiReading {
  const rejected = new Map<WikiRejection, number>()
  const reject = (reason: WikiRejection, count = 1) =>
    rejected.set(reason, (rejected.get(reason) ?? 0) + count)
  if (unread > 0) reject('unread', unread)
  const doubtful = new Map<string, readonly WikiQuestion[]>()
  const tables = written.map((table, at) => {
    const columns = readColumns(headers[at] ?? new Map(), nameOf)
    const { sure, doubts } = readQuestions(table, columns, reject)
    doubtful.set(table.id, doubts)
    return { id: table.id, columns, questions: sure }
  })
  const wide = tables.filter(({ columns }) => columns.size >= fewestColumns)
  return {
    tables: wide.filter(({ questions }) => questions.length > 0),
    unasked: wide.filter(({ questions }) => questions.length === 0),
    doubtful,
    rejected: Object.fromEntries(rejected),
  }
}

function readQuestions(
  { questions }: WrittenTable,
  columns: ReadonlyMap<number, string>,
  reject: (reason: WikiRejection) => void,
) {
  const sure: WikiQuestion[] = []
  const doubts: WikiQuestion[] = []
  for (const written of questions) {
    const read = readQuestion(written, columns)
    const rejection = typeof read === 'string' ? read : rejectionBy[read.verdict]
    if (rejection !== undefined) reject(rejection)
    if (typeof read === 'string' || read.verdict === 'wrong') continue
    const list = read.verdict === 'sure' && !read.hasStandIn ? sure : doubts
    if (!list.some(({ text }) => text === read.question.text)) list.push(read.question)
  }
  return { sure, doubts }
}

/** Of two columns with one header, one is a wrong guess: neither is used. */
function readColumns(
  headers: ReadonlyMap<number, string>,
  nameOf: (header: string) => string | undefined,
): ReadonlyMap<number, string> {
  const named = [...headers].flatMap(([number, header]) => {
    const name = nameOf(header)
    return name === undefined ? [] : [[number, name] as const]
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
  { id, text, aggregate, column, conditions: written }: WrittenQuestion,
  columns: ReadonlyMap<number, string>,
): ReadQuestion | WikiRejection {
  const length = text.split(' ').length
  if (length < shortestQuestion || length > longestQuestion) return 'unread'
  const read = readConditions(written, columns, text)
  if (typeof read === 'string') return read
  const { conditions, hasStandIn } = read
  if (!columns.has(column)) return 'unnamed_column'
  const used = [column, ...conditions.map((condition) => condition.column)]
  if (new Set(used).size < used.length || conditions.some(comparesText)) return 'unread'
  const question = { id, text, aggregate, column, conditions }
  return { question, verdict: judgeWording(question, columns), hasStandIn }
}

interface ReadConditions {
  readonly conditions: readonly WikiCondition[]
  /** A value of the SQL is another question's; the one that stands here in its place was guessed. */
  readonly hasStandIn: boolean
}

function readConditions(
  written: readonly WrittenCondition[],
  columns: ReadonlyMap<number, string>,
  text: string,
): ReadConditions | WikiRejection {
  const conditions: WikiCondition[] = []
  let hasStandIn = false
  for (const condition of written) {
    const header = columns.get(condition.column)
    if (header === undefined) return 'unnamed_column'
    const own = spelledValue(condition.value, text)
    const value = own ?? spelledValue(insteadOf(condition.value, header, text), text)
    if (value === undefined) return 'value_not_in_question'
    hasStandIn ||= own === undefined
    conditions.push({ ...condition, value })
  }
  const differ = new Set(conditions.map(({ value }) => value)).size === conditions.length
  return differ || !hasStandIn ? { conditions, hasStandIn } : 'value_not_in_question'
}

/** Empty where nothing can be told. */
function insteadOf(value: string, header: string, text: string): string {
  return standInValue(value, looseName(header).replaceAll('_', ' '), text) ?? ''
}

function comparesText({ operator, value }: WikiCondition): boolean {
  return operator !== '=' && !isNumeral(value)
}

/** Its case is lost in part of the set; the question's is taken then. */
function spelledValue(value: string, question: string): string | undefined {
  if (value === '') return undefined
  const number = ungrouped(value)
  if (isNumeral(number)) {
    const digits = ungrouped(question)
    return new RegExp(`(?<![\\d.])${number.replaceAll('.', '\\.')}(?!\\.?\\d)`).test(digits)
      ? number
      : undefined
  }
  const at = question.toLowerCase().indexOf(value.toLowerCase())
  const [before = '', after = ''] = [question[at - 1], question[at + value.length]]
  if (at < 0 || /[\p{L}\p{N}]/u.test(before) || /[\p{L}\p{N}]/u.test(after)) return undefined
  const hasCase = value !== value.toLowerCase() && value !== value.toUpperCase()
  return hasCase ? value : question.slice(at, at + value.length)
}
