/**
 * The prompt that has a model write join-free SQL: the schema first, the question last.
 * LoRA adapters are trained on exactly this text: a change here asks for new ones.
 */
import { sqlColumn, sqlName, sqlText } from '../grammar/sql-name.js'

/** One word for all engines. Text, the commonest, goes without saying. */
export type PromptType = 'int' | 'real' | 'date' | 'time' | 'bool' | 'other'

export interface PromptReference {
  readonly table: string
  /** Left out when it is the table's whole primary key. */
  readonly column?: string
}

export interface PromptColumn {
  readonly name: string
  /** Nothing for text. */
  readonly type?: PromptType
  readonly primaryKey?: boolean
  readonly references?: readonly PromptReference[]
  /** Values that show what the column tells apart. */
  readonly samples?: readonly string[]
}

export interface PromptTable {
  readonly name: string
  readonly columns: readonly PromptColumn[]
}

/** A table, or one of its columns. */
export interface PromptName {
  readonly table: string
  readonly column?: string
  /** The question's words for it. */
  readonly phrase?: string
}

export interface PromptValue {
  readonly table: string
  readonly column: string
  readonly value: string
}

/** A stretch of time, half-open; a side that is absent is open. */
export interface PromptPeriod {
  /** ISO date of the first day. */
  readonly start?: string
  /** ISO date of the first day after it. */
  readonly end?: string
}

export interface PromptExample {
  readonly question: string
  readonly sql: string
}

export interface PromptFailure {
  readonly sql: string
  readonly reason: string
}

export interface PromptQuestion {
  /** Tables and columns the question names, in its order. */
  readonly names?: readonly PromptName[]
  /** Stored values the question names, likeliest first. */
  readonly values: readonly PromptValue[]
  /** Times the question names, worked out, in its order. */
  readonly periods?: readonly PromptPeriod[]
  /** Answered questions over the same tables, most alike last. */
  readonly examples?: readonly PromptExample[]
  readonly question: string
  /** The last attempt and why it failed. */
  readonly failure?: PromptFailure
}

/** Written instead of SQL when the schema does not hold what the question asks for. */
export const noAnswer = 'none'

/** Characters of free text taken in, so that no question or error fills the prompt. */
const maxQuestionLength = 600
const maxReasonLength = 200

/**
 * The beginning that all questions over one offered schema share. It ends with a line break, which tokenizers
 * never join with what follows: tokens of this text and of the question's are the tokens of both together.
 */
export function schemaText(dialect: string, tables: readonly PromptTable[]): string {
  return [dialect, ...tables.map(tableLine), ''].join('\n')
}

/** Ends with `SQL:` and no space: the model's first token carries the space. */
export function questionText(asked: PromptQuestion): string {
  const { names = [], values, periods = [], examples = [], question, failure } = asked
  return [
    ...nameLine(names),
    ...valueLine(values),
    ...dateLine(periods),
    ...examples.map(exampleLines),
    ...failureLines(failure),
    `Question: ${oneLine(question, maxQuestionLength)}`,
    'SQL:',
  ].join('\n')
}

function tableLine({ name, columns }: PromptTable): string {
  return `${plainName(name)}: ${columns.map(columnText).join(', ')}`
}

function columnText({ name, type, primaryKey, references = [], samples = [] }: PromptColumn) {
  return [
    plainName(name),
    ...(type ? [type] : []),
    ...(primaryKey ? ['key'] : []),
    ...references.map((reference) => `-> ${referenceText(reference)}`),
    ...(samples.length > 0 ? [`(${samples.map((sample) => oneLine(sample)).join(', ')})`] : []),
  ].join(' ')
}

function referenceText({ table, column }: PromptReference): string {
  return column === undefined ? plainName(table) : `${plainName(table)}.${plainName(column)}`
}

function nameLine(names: readonly PromptName[]): string[] {
  const texts = names.map(({ table, column }) =>
    column === undefined ? plainName(table) : sqlColumn(oneLine(table), oneLine(column)),
  )
  return texts.length === 0 ? [] : [`Names: ${texts.join(', ')}`]
}

function valueLine(values: readonly PromptValue[]): string[] {
  const conditions = values.map(
    ({ table, column, value }) => `${sqlColumn(table, column)} = ${sqlText(oneLine(value))}`,
  )
  return conditions.length === 0 ? [] : [`Values: ${conditions.join(', ')}`]
}

/** As conditions on a date column read, so that they need only be copied. */
function dateLine(periods: readonly PromptPeriod[]): string[] {
  const conditions = periods.map(({ start, end }) =>
    [...(start ? [`>= ${sqlText(start)}`] : []), ...(end ? [`< ${sqlText(end)}`] : [])].join(
      ' and ',
    ),
  )
  return conditions.length === 0 ? [] : [`Dates: ${conditions.join(', ')}`]
}

function exampleLines({ question, sql }: PromptExample): string {
  return `Question: ${oneLine(question, maxQuestionLength)}\nSQL: ${oneLine(sql, maxQuestionLength)}`
}

function failureLines(failure: PromptFailure | undefined): string[] {
  if (!failure) return []
  const reason = oneLine(failure.reason, maxReasonLength)
  return [`Wrong: ${oneLine(failure.sql, maxQuestionLength)}`, `Because: ${reason}`]
}

function plainName(name: string): string {
  return sqlName(oneLine(name))
}

/**
 * A line break would end the prompt's line and let data speak as the prompt; control characters and Unicode's invisible
 * tag letters could say what no reader of the prompt sees. Ordinary texts stay letter for letter as adapters learned them,
 * so there are no marks around data: one line and a fixed beginning of it are the bounds.
 */
export function oneLine(text: string, maxLength = Number.POSITIVE_INFINITY): string {
  return text.replaceAll(unseen, ' ').trim().slice(0, maxLength)
}

const unseen = /[\s\u0000-\u001f\u007f-\u009f\u{e0000}-\u{e007f}]+/gu
