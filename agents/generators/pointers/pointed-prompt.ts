/** A question and the schema it is asked of, by pointers: the prompt's form, and the way back from the answer. */
import { type Catalog, type ColumnReference, findTable } from '../../../data/catalog.js'
import { renameJoinFree } from '../../../data/join-free/rename-join-free.js'
import type { GrammarTable } from '../../../models/grammar/grammar-schema.js'
import { sqlText } from '../../../models/grammar/sql-name.js'
import {
  type PromptPointers,
  pointedQuestionText,
  pointedSchemaText,
} from '../../../models/prompts/pointer-prompt.js'
import type { ValueLink } from '../../../rag/knowledge.js'
import type { PromptForm } from '../local/prompt-form.js'
import { chooseNames } from './choose-names.js'
import { leftOutWords } from './left-out-words.js'
import { pointAtWords, type QuestionPointers } from './question-pointers.js'
import type { SchemaPointers } from './schema-pointers.js'
import { putColumnsFirst, putValuesFirst } from './value-first.js'

export interface PointedPrompt {
  readonly form: PromptForm
  /** Join-free SQL over names, in pointers, and values before the columns that they are compared with. */
  toPointers(joinFree: string): string
  /** What the model wrote, in names. */
  toNames(written: string): string
  /** Whether a query over names lacks a number or a name of the question. */
  leavesOut(joinFree: string): boolean
  /** What its grammar is built from. Any text may be compared: the model points at it. */
  tables(offered: readonly GrammarTable[]): readonly GrammarTable[]
}

interface Asked {
  readonly question: string
  /** Where it names stored values. */
  readonly links: readonly ValueLink[]
}

/** Questions over one schema may share its pointers. */
export function pointPrompt(
  { question, links }: Asked,
  catalog: Catalog,
  schema: SchemaPointers,
): PointedPrompt {
  const words = pointAtWords(question, links)
  const names = namesToPointers(catalog, schema, words)
  const toPointers = (joinFree: string) =>
    putValuesFirst(renameJoinFree(joinFree, names), (literal) =>
      words.placeOfWritten(bareText(literal)),
    )
  const pointers: PromptPointers = {
    table: schema.table,
    column: (table, column) => schema.column({ table, column }),
    text: words.point,
    sql: toPointers,
    placeOfName: ({ phrase = '' }, from) => words.placeOf(phrase, from),
    placeOfValue: words.placeOfValue,
    question: words.text,
  }
  return {
    form: {
      schemaText: (dialect, tables) => pointedSchemaText(dialect, tables, pointers),
      questionText: (asked) => pointedQuestionText(asked, pointers),
      chooseNames: (read, offered) => chooseNames(read, offered, words),
    },
    toPointers,
    toNames: (written) => renameJoinFree(putColumnsFirst(written), pointersToNames(schema, words)),
    leavesOut: (joinFree) => leftOutWords(joinFree, words, catalog).length > 0,
    tables: (offered) => offered.map((table) => pointedTable(table, schema)),
  }
}

function pointedTable({ name, columns }: GrammarTable, schema: SchemaPointers): GrammarTable {
  return {
    name: schema.table(name),
    columns: columns.map(({ name: column, kind, samples }) => ({
      name: schema.column({ table: name, column }),
      kind,
      samples,
    })),
  }
}

/** Names of no table, such as those a sub-query gives its columns, stay. */
function namesToPointers(catalog: Catalog, schema: SchemaPointers, words: QuestionPointers) {
  const known = (name: string) =>
    findTable(catalog, name) === undefined ? undefined : schema.table(name)
  return {
    known,
    table: (name: string) => known(name) ?? name,
    column: (reference: ColumnReference) =>
      known(reference.table) === undefined ? reference.column : schema.column(reference),
    text: textBy(words.point),
  }
}

function pointersToNames(schema: SchemaPointers, words: QuestionPointers) {
  return {
    known: schema.tableOf,
    table: (pointer: string) => schema.tableOf(pointer) ?? pointer,
    column: ({ column }: ColumnReference) => schema.columnOf(column) ?? column,
    text: textBy(words.spell),
  }
}

/** Of what stands between the quotes of a literal. */
function textBy(change: (text: string) => string): (literal: string) => string {
  return (literal) => sqlText(change(bareText(literal)))
}

/** A number has no quotes. */
function bareText(literal: string): string {
  return literal.startsWith("'") ? literal.slice(1, -1).replaceAll("''", "'") : literal
}
