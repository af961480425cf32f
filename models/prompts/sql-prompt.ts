/** The prompt that makes a base model write join-free SQL: the schema first, the question last. */
import { sqlColumn, sqlName, sqlText } from '../grammar/sql-name.js'

export interface PromptColumn {
  readonly name: string
  readonly type: string
  readonly primaryKey?: boolean
  readonly samples?: readonly string[]
}

export interface PromptTable {
  readonly name: string
  readonly columns: readonly PromptColumn[]
}

export interface PromptForeignKey {
  readonly from: { readonly table: string; readonly column: string }
  readonly to: { readonly table: string; readonly column: string }
}

export interface SqlPromptParts {
  readonly dialect: string
  /** Most useful first: when the budget is short, the last go. */
  readonly tables: readonly PromptTable[]
  readonly foreignKeys: readonly PromptForeignKey[]
  /** Stored values the question names. */
  readonly valueHints: readonly {
    readonly table: string
    readonly column: string
    readonly value: string
  }[]
  /** Answered questions over the same tables, most alike last. */
  readonly examples?: readonly { readonly question: string; readonly sql: string }[]
  readonly question: string
  /** The last attempt and why it failed. */
  readonly failure?: { readonly sql: string; readonly reason: string }
}

export interface PromptBudget {
  readonly maxTokens: number
  countTokens(text: string): number
}

/** Samples shown of a column, and characters of each: enough to show the spelling. */
const maxSamples = 3
const maxSampleLength = 24
/** Characters of free text taken in, so that no question or error fills the prompt. */
const maxQuestionLength = 600
const maxReasonLength = 200

/**
 * Ends with `SQL:` and no space: the model's first token carries the space.
 * Tables are dropped from the end until the prompt fits; the first stays whatever its size.
 */
export function buildSqlPrompt(parts: SqlPromptParts, budget: PromptBudget): string {
  for (let count = parts.tables.length; count > 1; count--) {
    const prompt = promptOf(parts, parts.tables.slice(0, count))
    if (budget.countTokens(prompt) <= budget.maxTokens) return prompt
  }
  return promptOf(parts, parts.tables.slice(0, 1))
}

function promptOf(parts: SqlPromptParts, tables: readonly PromptTable[]): string {
  const shown = new Set(tables.map((table) => table.name))
  const foreignKeys = parts.foreignKeys
    .filter(({ from, to }) => shown.has(from.table) && shown.has(to.table))
    .map(
      ({ from, to }) => `${sqlColumn(from.table, from.column)} = ${sqlColumn(to.table, to.column)}`,
    )
  const values = parts.valueHints
    .filter((hint) => shown.has(hint.table))
    .map((hint) => `${sqlColumn(hint.table, hint.column)} = ${sqlText(hint.value)}`)
  return [
    `Dialect: ${parts.dialect}`,
    ...tables.map(tableLine),
    ...labelled('Keys', foreignKeys),
    ...labelled('Values', values),
    ...(parts.examples ?? []).map(exampleLines),
    ...failureLines(parts.failure),
    `Question: ${oneLine(parts.question, maxQuestionLength)}`,
    'SQL:',
  ].join('\n')
}

function tableLine(table: PromptTable): string {
  return `Table ${sqlName(table.name)}: ${table.columns.map(columnText).join(', ')}`
}

function columnText(column: PromptColumn): string {
  const samples = (column.samples ?? [])
    .slice(0, maxSamples)
    .map((sample) => oneLine(sample, maxSampleLength))
  return [
    sqlName(oneLine(column.name, column.name.length)),
    column.type.toLowerCase(),
    ...(column.primaryKey ? ['key'] : []),
    ...(samples.length > 0 ? [`(${samples.join(', ')})`] : []),
  ].join(' ')
}

function labelled(label: string, entries: readonly string[]): string[] {
  return entries.length === 0 ? [] : [`${label}: ${entries.join(', ')}`]
}

function exampleLines(example: { readonly question: string; readonly sql: string }): string {
  const question = oneLine(example.question, maxQuestionLength)
  return `Question: ${question}\nSQL: ${oneLine(example.sql, maxQuestionLength)}`
}

function failureLines(failure: SqlPromptParts['failure']): string[] {
  if (!failure) return []
  const reason = oneLine(failure.reason, maxReasonLength)
  return [`Wrong: ${oneLine(failure.sql, maxQuestionLength)}`, `Because: ${reason}`]
}

/** A line break would end the prompt's line and let data speak as the prompt. */
function oneLine(text: string, maxLength: number): string {
  return text.replaceAll(/\s+/g, ' ').trim().slice(0, maxLength)
}
