/** What the local model is asked, from the catalog and a question; rows for training are written by the same code. */
import type { Catalog, Column, Table } from '../../../data/catalog.js'
import type {
  PromptColumn,
  PromptExample,
  PromptFailure,
  PromptQuestion,
  PromptType,
} from '../../../models/prompts/sql-prompt.js'
import type { ValueLink } from '../../../rag/knowledge.js'
import type { Period } from '../../entities/entities.js'
import type { Item } from '../../entities/items/item.js'
import { dateHintsFor } from './date-hints.js'
import { nameHintsFor } from './name-hints.js'
import { type OfferedSchema, offerSchema, type SchemaWishes } from './offered-schema.js'
import { namedForm, type PromptForm } from './prompt-form.js'
import { type ValueHint, valueHintsFor } from './value-hints.js'

/** Tokens of prompt and answer together, unless the model has room for fewer. */
const usualContext = 2_048
/** Tokens kept for the answer. */
const answerTokens = 248
/** The part of the prompt, at most, that questions on one database share. */
const schemaShare = 13 / 18
/** Samples are shown of columns that sort rows into at most this many kinds. */
const maxKinds = 30
const maxSamples = 3
/** In characters; a longer value is a text, and cutting it would show a spelling that is none. */
const maxSampleLength = 16

export interface PromptTask {
  readonly catalog: Catalog
  readonly question: string
  /** What the question's words were read as; without it, no names are shown. */
  readonly items?: readonly Item[]
  /** Where the question names stored values, as the value index finds them. */
  readonly links: readonly ValueLink[]
  /** Times the question names, as they were read. */
  readonly periods?: readonly Period[]
  readonly wishes?: SchemaWishes
  /** Most alike last. */
  readonly examples?: readonly PromptExample[]
  readonly failure?: PromptFailure
  /** Tokens of prompt and answer together, where that is known. */
  readonly contextSize?: number
}

export interface LocalPrompt {
  /** Shared by all questions over the same offered schema. */
  readonly prefix: string
  /** Read after the prefix; token by token, the two are the tokens of the whole. */
  readonly suffix: string
  readonly schema: OfferedSchema
  readonly values: readonly ValueHint[]
}

/** Deterministic. `schema.tables` is empty when there is nothing to ask about. */
export function localPrompt(
  task: PromptTask,
  countTokens: (text: string) => number,
  form: PromptForm = namedForm,
): LocalPrompt {
  const { catalog, wishes = { rankedTables: [], named: [] }, contextSize = usualContext } = task
  const promptTokens = Math.min(usualContext, contextSize) - answerTokens
  const schemaTokens = schemaShare * promptTokens
  const textOf = (schema: OfferedSchema) => form.schemaText(catalog.dialect, promptTables(schema))
  const schema = offerSchema(
    catalog,
    wishes,
    (offered) => countTokens(textOf(offered)) <= schemaTokens,
  )
  const prefix = textOf(schema)
  const read = task.items && nameHintsFor(task.items, schema)
  const names = read && (form.chooseNames?.(read, schema) ?? read)
  const values = valueHintsFor(task.links, schema)
  const periods = dateHintsFor(task.periods ?? [], schema)
  const room = promptTokens - countTokens(prefix)
  return {
    prefix,
    suffix: suffixWithin(room, task, { names, values, periods }, countTokens, form),
    schema,
    values,
  }
}

/** Examples are left out, the least alike first, until the rest fits. */
function suffixWithin(
  room: number,
  { question, examples = [], failure }: PromptTask,
  hints: Pick<PromptQuestion, 'names' | 'values' | 'periods'>,
  countTokens: (text: string) => number,
  form: PromptForm,
): string {
  for (let first = 0; ; first++) {
    const text = form.questionText({ ...hints, examples: examples.slice(first), question, failure })
    if (first >= examples.length || countTokens(text) <= room) return text
  }
}

/** As a model reads them; `values` says whether some that are stored are shown. */
export function promptTables(schema: OfferedSchema, { values = true } = {}) {
  return schema.tables.map((table) => ({
    name: table.name,
    columns: table.columns.map((column) => promptColumn(schema, table, column, values)),
  }))
}

function promptColumn(
  schema: OfferedSchema,
  table: Table,
  column: Column,
  values: boolean,
): PromptColumn {
  return {
    name: column.name,
    type: promptType(column),
    primaryKey: table.primaryKey.includes(column.name),
    references: referencesOf(schema, table.name, column.name),
    samples: values ? samplesOf(table, column) : [],
  }
}

function promptType({ kind, type }: Column): PromptType | undefined {
  if (kind === 'number') return /int|serial|year/i.test(type) ? 'int' : 'real'
  return (
    { text: undefined, date: 'date', timestamp: 'time', boolean: 'bool', other: 'other' } as const
  )[kind]
}

/** The pairs of a key of several columns stand at their own columns. */
function referencesOf({ tables, relationships }: OfferedSchema, table: string, column: string) {
  const pairs = relationships.flatMap(({ from, to, further = [] }) =>
    from.table !== table
      ? []
      : [{ from: from.column, to: to.column }, ...further]
          .filter((pair) => pair.from === column)
          .map((pair) => ({ table: to.table, column: pair.to })),
  )
  return pairs.map((to) => {
    const [key, ...rest] = tables.find(({ name }) => name === to.table)?.primaryKey ?? []
    return key === to.column && rest.length === 0 ? { table: to.table } : to
  })
}

/** Numbers and dates say nothing that the type does not, and names are for the question to name. */
function samplesOf({ rowCount }: Table, { kind, values = [] }: Column): readonly string[] {
  const isKinds = values.length > 1 && values.length <= maxKinds && values.length * 2 <= rowCount
  if (kind !== 'text' || !isKinds) return []
  return values
    .filter((value) => value.trim() !== '' && value.length <= maxSampleLength)
    .slice(0, maxSamples)
}
