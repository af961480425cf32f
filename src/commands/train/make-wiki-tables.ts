/**
 * WikiSQL's tables one by one and without rows, as the set itself asks them: for a model trained from nothing, which
 * learns from them to find headers and values in a question.
 */
import type {
  TrainingDatabase,
  TrainingQuestion,
} from '../../../agents/training/training-question.js'
import { formCatalog, formTable } from '../../../data/evaluation/wikisql/form-table.js'
import type { WikiColumn } from '../../../data/evaluation/wikisql/read-form-questions.js'
import { createRandom, type Random, seedOf, shuffled } from '../../../data/random.js'
import {
  askInWordsOf,
  type KnownValues,
  skeletonOf,
} from '../../../data/training/wikisql/question-skeletons.js'
import type { WikiReading } from '../../../data/training/wikisql/read-wikisql.js'
import { typeOfColumn } from '../../../data/training/wikisql/type-of-column.js'
import {
  isNumeral,
  ungrouped,
  type WikiQuestion,
  type WikiTable,
} from '../../../data/training/wikisql/wiki-question.js'
import { sqlColumn, sqlText } from '../../../models/grammar/sql-name.js'

/** Tables of a pass of which the set asks nothing. */
const unaskedPerPass = 2_000
/** Questions in the words of others, for each table and pass. */
const askedMore = { asked: 1, unasked: 3 }
/** Columns that nobody asks for: the set knows two thirds of the headers of a table. */
const mostOthers = 3

/** The tables of a pass, which counts from 1: the set's own questions, doubtful ones too, and others in their words. */
export function wikiTablesMaker(
  { tables, unasked, doubtful }: WikiReading,
  seed: number,
): (pass: number) => TrainingDatabase[] {
  const skeletons = tables.flatMap((table) =>
    table.questions.flatMap((question) => skeletonOf(question, table) ?? []),
  )
  const known = knownValues(tables)
  const more = (table: WikiTable, count: number, random: Random) =>
    Array.from({ length: count }, (_, index) => {
      const asked = askInWordsOf(random.pick(skeletons), table, known, random)
      return asked ? [{ ...asked, id: `wikisql-${table.id}-${index}` }] : []
    }).flat()
  const headers = tables.flatMap(({ columns }) => [...columns.values()])
  return (pass) => {
    const random = createRandom(seedOf(`${seed}:${pass}:wikisql`))
    const others = new Set(shuffled(unasked, random).slice(0, unaskedPerPass))
    const made = (table: WikiTable) => {
      if (table.questions.length > 0) return more(table, askedMore.asked, random)
      return others.has(table) ? more(table, askedMore.unasked, random) : []
    }
    const asked = [...tables, ...unasked].map((table) =>
      withMore(table, [...(doubtful.get(table.id) ?? []), ...made(table)]),
    )
    return asked
      .filter(({ questions }) => questions.length > 0)
      .map((table) => databaseOf(withOthers(table, headers, random)))
  }
}

function withMore(table: WikiTable, questions: readonly WikiQuestion[]): WikiTable {
  return { ...table, questions: [...table.questions, ...questions] }
}

function withOthers(table: WikiTable, headers: readonly string[], random: Random): WikiTable {
  const columns = new Map(table.columns)
  const taken = new Set(columns.values())
  const most = random.integer(0, mostOthers)
  for (let number = 1_000; number < 1_000 + most; number++) {
    const header = random.pick(headers)
    if (!taken.has(header)) columns.set(number, header)
    taken.add(header)
  }
  return { ...table, columns: new Map(shuffled([...columns], random)) }
}

function knownValues(tables: readonly WikiTable[]): KnownValues {
  const known = new Map<string, string[]>()
  for (const { columns, questions } of tables) {
    for (const { column, value } of questions.flatMap(({ conditions }) => conditions)) {
      const name = columns.get(column) ?? ''
      known.set(name, [...(known.get(name) ?? []), value])
    }
  }
  return known
}

function databaseOf(table: WikiTable): TrainingDatabase {
  const columns = [...table.columns].map(([number, name]): WikiColumn => {
    return { name, type: typeOfColumn(table, number) === 'TEXT' ? 'text' : 'real' }
  })
  return {
    name: `wikisql_${table.id.replaceAll('-', '_')}`,
    catalog: formCatalog(table.id, columns),
    questions: table.questions.map((question) => trainingQuestion(question, table, columns)),
    isServed: true,
    linkValues: () => [],
  }
}

function trainingQuestion(
  { id, text, aggregate, column, conditions }: WikiQuestion,
  table: WikiTable,
  columns: readonly WikiColumn[],
): TrainingQuestion {
  const nameOf = (number: number) => table.columns.get(number) ?? ''
  const spelled = (number: number) => sqlColumn(formTable, nameOf(number))
  const isText = (number: number) =>
    columns.find(({ name }) => name === nameOf(number))?.type === 'text'
  const where = conditions
    .map(({ column: number, operator, value }) => {
      const said = asSaid(value, text)
      const literal = isText(number) || !isNumeral(said) ? sqlText(said) : said
      return `${spelled(number)} ${operator} ${literal}`
    })
    .join(' and ')
  const selected = aggregate ? `${aggregate.toLowerCase()}(${spelled(column)})` : spelled(column)
  return {
    id,
    wordings: [text],
    joinFree: `select ${selected}${where === '' ? '' : ` where ${where}`}`,
    tables: [formTable],
  }
}

/** The set leaves `30,110` as a question writes it. */
function asSaid(value: string, text: string): string {
  if (!isNumeral(value)) return value
  return text.match(/\d{1,3}(?:,\d{3})+/g)?.find((said) => ungrouped(said) === value) ?? value
}
