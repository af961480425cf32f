/**
 * What a chat model elsewhere is asked; rows that one is tuned on are written by the same code.
 * It writes ordinary SQL of the dialect, joins included: large models have read far more of that than of any form of ours,
 * and what they leave out or misplace is put right by the code that completes join-free SQL.
 */
import type { Catalog, Dialect } from '../../../data/catalog.js'
import { markData, oneLine } from '../../../data/generator/model/mark-data.js'
import { noAnswer, schemaText } from '../../../models/prompts/sql-prompt.js'
import type { ValueLink } from '../../../rag/knowledge.js'
import type { Period } from '../../entities/entities.js'
import { promptTables } from '../local/local-prompt.js'
import { type OfferedSchema, offerSchema, type SchemaWishes } from '../local/offered-schema.js'
import { valueHintsFor } from '../local/value-hints.js'
import { engineWords, tellEngine } from './engine-words.js'
import { todayMark } from './fill-in.js'

/** In tokens: what a question may cost, and what small context windows hold. */
const maxSchemaTokens = 6_000
const maxExamples = 3
const maxNotes = 60
/** In characters. */
const maxNoteLength = 200
const maxQuestionLength = 2_000

export interface Example {
  readonly question: string
  readonly sql: string
}

/** What is told only where stored values may be. */
export interface ToldValues {
  readonly links: readonly ValueLink[]
  readonly periods: readonly Period[]
  /** Most alike first. */
  readonly examples: readonly Example[]
  /** The day that relative dates count from. */
  readonly asOf: string
}

export interface RemoteTask {
  readonly catalog: Catalog
  readonly wishes: SchemaWishes
  /** The questions that the last one leans on, then that one. */
  readonly asked: readonly string[]
  /** What words of the question mean, such as `turnover refers to sales.net`. */
  readonly remarks?: readonly string[]
  /** Absent: the model is told names, types and keys alone. */
  readonly values?: ToldValues
  readonly failure?: { readonly sql: string; readonly reason: string }
}

export interface RemotePrompt {
  readonly instructions: string
  readonly prompt: string
  /** None of its tables: there is nothing to ask about. */
  readonly schema: OfferedSchema
}

/** Deterministic. */
export function remotePrompt(
  task: RemoteTask,
  countTokens: (text: string) => number,
): RemotePrompt {
  const { catalog, wishes, values } = task
  const textOf = (offered: OfferedSchema) =>
    schemaText(catalog.dialect, promptTables(offered, { values: values !== undefined }))
  const fits = (offered: OfferedSchema) => countTokens(textOf(offered)) <= maxSchemaTokens
  const schema = offerSchema(catalog, wishes, fits)
  const data = [textOf(schema).trim(), ...(values ? toldValues(values, schema) : [])].join('\n')
  const parts = [
    markData(data),
    ...(values ? values.examples.slice(0, maxExamples).toReversed().map(exampleText) : []),
    ...(task.failure ? [failureText(task.failure)] : []),
    questionText(task),
  ]
  return {
    instructions: instructionsFor(catalog.dialect, values),
    prompt: parts.join('\n\n'),
    schema,
  }
}

function instructionsFor(dialect: Dialect, values: ToldValues | undefined): string {
  return [
    `You write SQL for ${engineWords[dialect].name}. Answer with one SELECT statement and nothing else: no explanation, no Markdown.`,
    tellEngine(dialect),
    'Use only tables and columns of the schema, spelled as they stand there. Its first line names the engine; each other line is a table with its columns: the name, the type (none for text), "key" for the primary key, "->" for what it refers to, and in brackets some values.',
    'Join tables over these keys, and qualify columns wherever there are several tables. Group, sort and limit as the question asks. Give what is computed a short name.',
    values
      ? `Relative dates such as "last month" count from ${values.asOf}.`
      : `You are not told what is stored. Compare text with the words of the question as they are written. Relative dates such as "last month" count from the day '${todayMark}': write this text, between the quotes of a date, and it will be filled in.`,
    `If the schema does not hold what the question asks for, answer with the one word ${noAnswer}.`,
  ].join('\n')
}

function toldValues({ links, periods }: ToldValues, schema: OfferedSchema): readonly string[] {
  const hints = valueHintsFor(links, schema).map(
    ({ table, column, value }) => `Value: ${table}.${column} = ${JSON.stringify(oneLine(value))}`,
  )
  const times = periods.map(
    ({ label, start, end }) => `Time: ${oneLine(label)} is ${start} up to, not including, ${end}`,
  )
  return [...notesOf(schema), ...hints, ...times]
}

/** What people wrote about tables and columns. */
function notesOf({ tables }: OfferedSchema): readonly string[] {
  const notes = tables.flatMap(({ name, comment, columns }) => [
    ...(comment ? [[name, comment]] : []),
    ...columns.flatMap((column) =>
      column.comment ? [[`${name}.${column.name}`, column.comment]] : [],
    ),
  ])
  return notes
    .slice(0, maxNotes)
    .map(([name, text = '']) => `Note: ${name}: ${oneLine(text).slice(0, maxNoteLength)}`)
}

function exampleText({ question, sql }: Example): string {
  return `Question: ${oneLine(question)}\nSQL: ${oneLine(sql)}`
}

function failureText({ sql, reason }: NonNullable<RemoteTask['failure']>): string {
  return `Your last answer was:\n${sql}\nIt cannot be used: ${oneLine(reason)}\nWrite it again without this mistake.`
}

function questionText({ asked, remarks = [] }: RemoteTask): string {
  const before = asked.slice(0, -1).map((question) => `Earlier question: ${cut(question)}`)
  const told = remarks.length > 0 ? ` (${remarks.join('; ')})` : ''
  return [...before, `Question: ${cut(asked.at(-1) ?? '')}${told}`].join('\n')
}

function cut(question: string): string {
  return oneLine(question).slice(0, maxQuestionLength)
}
