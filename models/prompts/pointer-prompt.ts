/**
 * The prompt of a model that points instead of spelling: every table, column and word of the question has a short name of
 * its own, and the answer is written in these. A model of a few million parameters learns to copy a name, not to spell one.
 */
import { sqlText } from '../grammar/sql-name.js'
import {
  oneLine,
  type PromptColumn,
  type PromptName,
  type PromptQuestion,
  type PromptReference,
  type PromptTable,
  type PromptValue,
} from './sql-prompt.js'

/** What a prompt of the other form names is told here by pointers. */
export interface PromptPointers {
  table(name: string): string
  column(table: string, column: string): string
  /** A text as it is written between quotes: pointers where the question spells it, else itself. */
  text(value: string): string
  /** Join-free SQL over these names. */
  sql(joinFree: string): string
  /** First and last word of the question that are a name's, from 0: the first such from `from` on, else the first of all. */
  placeOfName(name: PromptName, from: number): readonly [number, number] | undefined
  /** Of a literal's text. */
  placeOfValue(value: string): readonly [number, number] | undefined
  /** The question with each word behind its pointer, and notes behind the words at these places. */
  question(notes: ReadonlyMap<number, readonly string[]>): string
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
  const { periods = [], examples = [], failure } = asked
  const { notes, names, values } = noted(asked, pointers)
  const hints = [
    ...line(
      'Names',
      names.map((name) => nameText(name, pointers)),
    ),
    ...line(
      'Values',
      values.map((value) => {
        return `${nameText(value, pointers)} = ${sqlText(oneLine(pointers.text(value.value)))}`
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
  return `${marks.question}${[...hints, plain(pointers.question(notes))].join('\n')}${marks.sql}`
}

interface Noted {
  /** Behind words of the question, by place. */
  readonly notes: ReadonlyMap<number, readonly string[]>
  /** Those that the question says in other words, and whose place is not known. */
  readonly names: readonly PromptName[]
  readonly values: readonly PromptValue[]
}

/**
 * Writes what a word names right behind it: ` = za.qab` where it names a column, ` @ za.qab` where it is a value stored
 * there. So the network need not find the words again for itself.
 */
function noted({ names = [], values }: PromptQuestion, pointers: PromptPointers): Noted {
  const notes = new Map<number, string[]>()
  const note = (place: number, sign: string, text: string) => {
    const before = notes.get(place) ?? []
    const at = before.findIndex((other) => other.startsWith(sign))
    if (at < 0) before.push(`${sign} ${text}`)
    else before[at] = `${before[at]}, ${text}`
    notes.set(place, before)
  }
  let from = 0
  const unplacedNames = names.filter((name) => {
    const place = pointers.placeOfName(name, from)
    if (place) note(place[1], '=', nameText(name, pointers))
    // Names come in the question's order.
    from = place?.[0] ?? from
    return place === undefined
  })
  const unplacedValues = values.filter((value) => {
    const place = pointers.placeOfValue(value.value)
    if (place) note(place[1], '@', nameText(value, pointers))
    return place === undefined
  })
  return { notes, names: unplacedNames, values: unplacedValues }
}

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
    ...references.map((reference) => `-> ${nameText(reference, pointers)}`),
    ...(samples.length > 0 ? [`(${samples.map((sample) => plain(sample)).join(', ')})`] : []),
  ].join(' ')
}

function nameText({ table, column }: PromptReference, pointers: PromptPointers): string {
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
