/**
 * The prompt of a model that points instead of spelling: every table, column and word of the question has a short name of
 * its own, and the answer is written in these. A model of a few million parameters learns to copy a name, not to spell one.
 */
import { sqlText } from '../grammar/sql-name.js'
import {
  oneLine,
  type PromptColumn,
  type PromptQuestion,
  type PromptReference,
  type PromptTable,
} from './sql-prompt.js'

/** What a prompt of the other form names is told here by pointers. */
export interface PromptPointers {
  table(name: string): string
  column(table: string, column: string): string
  /** A text as it is written between quotes: pointers where the question spells it, else itself. */
  text(value: string): string
  /** Join-free SQL over these names. */
  sql(joinFree: string): string
  /** The question with each word behind its pointer. */
  readonly question: string
}

/** Single tokens of the model's vocabulary. */
const marks = { schema: '⟦schema⟧', question: '⟦question⟧', sql: '⟦sql⟧' } as const

/** Characters of a reason why an attempt failed. */
const maxReasonLength = 120

/** Ends with a line break, as the other form does: what follows begins tokens of its own. */
export function pointedSchemaText(
  dialect: string,
  tables: readonly PromptTable[],
  pointers: PromptPointers,
): string {
  const lines = tables.map((table) => tableLine(table, pointers))
  return `${marks.schema}${[dialect, ...lines, ''].join('\n')}`
}

/** Ends with the mark behind which the answer stands. */
export function pointedQuestionText(asked: PromptQuestion, pointers: PromptPointers): string {
  const { names = [], values, periods = [], examples = [], failure } = asked
  const hints = [
    ...line(
      'Names',
      names.map(({ table, column }) => nameOf(table, column, pointers)),
    ),
    ...line(
      'Values',
      values.map(({ table, column, value }) => {
        return `${nameOf(table, column, pointers)} = ${sqlText(oneLine(pointers.text(value)))}`
      }),
    ),
    ...line(
      'Dates',
      periods.map(({ start, end }) =>
        [start && `>= ${sqlText(start)}`, end && `< ${sqlText(end)}`].filter(Boolean).join(' and '),
      ),
    ),
    ...examples.map(({ question, sql }) => `Like: ${plain(question)} ${pointers.sql(sql)}`),
    ...(failure
      ? [
          `Wrong: ${pointers.sql(failure.sql)}`,
          `Because: ${plain(failure.reason, maxReasonLength)}`,
        ]
      : []),
  ]
  return `${marks.question}${[...hints, plain(pointers.question)].join('\n')}${marks.sql}`
}

/** No space before a column's pointer: in the answer it follows a point, and with a space it would be another token. */
function tableLine({ name, columns }: PromptTable, pointers: PromptPointers): string {
  const listed = columns.map((column) => columnText(name, column, pointers))
  return `${pointers.table(name)} ${worded(name)}:${listed.join(',')}`
}

function columnText(
  table: string,
  { name, type, primaryKey, references = [], samples = [] }: PromptColumn,
  pointers: PromptPointers,
): string {
  return [
    pointers.column(table, name),
    worded(name),
    ...(type ? [type] : []),
    ...(primaryKey ? ['key'] : []),
    ...references.map((reference) => `-> ${referenceText(reference, pointers)}`),
    ...(samples.length > 0 ? [`(${samples.map((sample) => plain(sample)).join(', ')})`] : []),
  ].join(' ')
}

function referenceText({ table, column }: PromptReference, pointers: PromptPointers): string {
  return nameOf(table, column, pointers)
}

function nameOf(table: string, column: string | undefined, pointers: PromptPointers): string {
  const pointer = pointers.table(table)
  return column === undefined ? pointer : `${pointer}.${pointers.column(table, column)}`
}

function line(title: string, texts: readonly string[]): string[] {
  return texts.length === 0 ? [] : [`${title}: ${texts.join(', ')}`]
}

/** `CustomerID` reads `customer id`: the pointer tells which column it is, so the name need only tell what it means. */
function worded(name: string): string {
  const words = name
    .replace(/(\p{Ll}|\p{N})(\p{Lu})/gu, '$1 $2')
    .replace(/[^\p{L}\p{M}\p{N}]+/gu, ' ')
    .toLowerCase()
  return plain(words)
}

/** Whoever writes a mark into data or a question writes brackets. */
function plain(text: string, maxLength?: number): string {
  return oneLine(text, maxLength).replaceAll('⟦', '[').replaceAll('⟧', ']')
}
