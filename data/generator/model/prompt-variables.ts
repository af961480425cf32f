/** What prompt templates may say; the names are theirs. */
import type { Catalog, Column, Relationship, Table } from '../../catalog.js'
import { markData, oneLine } from './mark-data.js'

export interface PromptColumn {
  readonly name: string
  readonly type: string
  /** Empty without one. */
  readonly comment: string
  readonly is_key: boolean
  /** A few stored values; none where they may not be told. */
  readonly values: readonly string[]
  /** Smallest and largest value; empty where they may not be told. */
  readonly least: string
  readonly most: string
}

export interface PromptTable {
  readonly name: string
  readonly comment: string
  readonly columns: readonly PromptColumn[]
}

export interface PromptKey {
  readonly from_table: string
  readonly from_column: string
  readonly to_table: string
  readonly to_column: string
}

interface SchemaVariables {
  readonly dialect: string
  /** Tables, columns and keys as text, a line for each, between tags that mark it as data. */
  readonly schema: string
  readonly tables: readonly PromptTable[]
  readonly keys: readonly PromptKey[]
  /** What the answer must look like. */
  readonly format: string
}

/** For the prompts of phases. */
export interface PhaseVariables extends SchemaVariables {
  /** Pairs asked for. */
  readonly count: number
  /** What the pairs should be about, such as a function or a kind of query. */
  readonly topic: string
  /** How the questions should be worded. */
  readonly style: string
  /** Whether stored values are told. */
  readonly has_values: boolean
}

/** For the critic's prompt. */
export interface CriticVariables extends SchemaVariables {
  /** The question with its SQL or answer and what is wrong with it, between tags: another model wrote it, from data. */
  readonly pair: string
}

export interface PairToJudge {
  readonly question: string
  /** Empty for an answer in words. */
  readonly sql: string
  /** Empty for SQL. */
  readonly answer: string
  /** Why the SQL cannot be used; empty where it can. */
  readonly problem: string
}

export function pairText({ question, sql, answer, problem }: PairToJudge): string {
  const lines = [
    `Question: ${oneLine(question)}`,
    sql === '' ? `Answer: ${oneLine(answer)}` : `SQL: ${oneLine(sql)}`,
    ...(problem === '' ? [] : [`It cannot be used: ${oneLine(problem)}`]),
  ]
  return markData(lines.join('\n'))
}

const mostValues = 8
/** In characters; what is longer is prose, and would be cut. */
const longestValue = 40

/** Of a catalog in which only what may be told is left. */
export function schemaVariables(
  { dialect, tables, relationships }: Pick<Catalog, 'dialect' | 'tables' | 'relationships'>,
  { tellsValues }: { readonly tellsValues: boolean },
): Omit<SchemaVariables, 'format'> {
  const names = new Set(tables.map(({ name }) => name))
  const keys = relationships
    .filter(({ from, to }) => names.has(from.table) && names.has(to.table))
    .flatMap(keysOf)
  const described = tables.map((table) => promptTable(table, tellsValues))
  const schema = described.map((table) => tableText(table, keys)).join('\n')
  return { dialect, schema: markData(schema), tables: described, keys }
}

function keysOf({ from, to, further = [] }: Relationship): PromptKey[] {
  return [{ from: from.column, to: to.column }, ...further].map((pair) => ({
    from_table: from.table,
    from_column: pair.from,
    to_table: to.table,
    to_column: pair.to,
  }))
}

function promptTable({ name, comment = '', columns, primaryKey }: Table, tellsValues: boolean) {
  return {
    name,
    comment: oneLine(comment),
    columns: columns.map((column) => ({
      name: column.name,
      // The type of an enumeration lists its values.
      type: column.type.replace(/\(.*$/s, ''),
      comment: oneLine(column.comment ?? ''),
      is_key: primaryKey.includes(column.name),
      ...(tellsValues ? valuesOf(column) : { values: [], least: '', most: '' }),
    })),
  }
}

function valuesOf({ kind, values, samples, min = '', max = '' }: Column) {
  const isText = kind === 'text' || kind === 'boolean'
  const told = isText ? [...new Set(values ?? samples)] : []
  return {
    values: told.filter((value) => value.length <= longestValue).slice(0, mostValues),
    least: isText ? '' : min,
    most: isText ? '' : max,
  }
}

function tableText({ name, comment, columns }: PromptTable, keys: readonly PromptKey[]): string {
  const lines = columns.map((column) => `  ${columnText(name, column, keys)}`)
  return [`table ${oneLine(name)}${comment && ` -- ${comment}`}`, ...lines].join('\n')
}

function columnText(table: string, column: PromptColumn, keys: readonly PromptKey[]): string {
  const { name, type, is_key, values, least, most, comment } = column
  const targets = keys.filter((key) => key.from_table === table && key.from_column === name)
  return [
    oneLine(`${name} ${type.toLowerCase()}`),
    ...(is_key ? ['key'] : []),
    ...targets.map((key) => oneLine(`-> ${key.to_table}.${key.to_column}`)),
    ...(values.length > 0 ? [`(${values.map(oneLine).join(', ')})`] : []),
    ...(least !== '' ? [`(${least} to ${most})`] : []),
    ...(comment ? [`-- ${comment}`] : []),
  ].join(' ')
}
