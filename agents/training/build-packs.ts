/** Builds the training packs of one pass over a database, with the prompt code that answers questions. */
import { type Catalog, type ColumnReference, type Dialect, findColumn } from '../../data/catalog.js'
import { forDialect, isNeutral } from '../../data/join-free/dialect-target.js'
import { createRandom, type Random, seedOf, shuffled } from '../../data/random.js'
import { sqlColumn } from '../../models/grammar/sql-name.js'
import { noAnswer, type PromptFailure } from '../../models/prompts/sql-prompt.js'
import { readNames } from '../entities/read-names.js'
import { localPrompt } from '../generators/local/local-prompt.js'
import { pointPrompt } from '../generators/pointers/pointed-prompt.js'
import { pointAtSchema } from '../generators/pointers/schema-pointers.js'
import { renameSchema } from './rename-schema.js'
import type { TrainingDatabase, TrainingPack, TrainingQuestion } from './training-question.js'
import { type Missing, varyCatalog } from './vary-catalog.js'

/** Questions behind one schema text: more cost fewer tokens each and make steps less varied. */
const rowsPerPack = 16
/** Questions of like length share a pack, so that little is padded; they are sorted within so many. */
const sortedTogether = 64
/** In percent. Hints are missing where retrieval misses. */
const withHints = 70
/** In percent. Names are read by rules that are as good on other data; a few go without for those in other words. */
const withNames = 85
/** Relative times are shown as dates, so that it does not matter what they count from. */
const asOf = '2020-01-01'
const withOtherWording = 50
const packsWithSomethingMissing = { usually: 30, asInChat: 60 }
const packsWithOtherNames = 50
/**
 * Of the questions with a failed attempt, where the pack has the names and the engine that its reason speaks of. That
 * makes about 3 of 100 rows: few answers need a second try, but a model that never saw one cannot read what went wrong.
 */
const withFailure = 80
/** Of those; in the others it is one column. */
const missingTables = 50

export interface PassOptions {
  readonly seed: number
  /** Counts from 1; the first asks every question in its original wording. */
  readonly pass: number
  /** False for validation: schema, hints and wording as they are. */
  readonly varied: boolean
  /** For a model that points at names and words instead of spelling them. */
  readonly pointed?: boolean
  /** For a last stage: more second tries, and more questions that the schema cannot answer. */
  readonly asInChat?: boolean
  countTokens(text: string): number
}

export function buildPacks(database: TrainingDatabase, options: PassOptions): TrainingPack[] {
  const random = createRandom(seedOf(`${options.seed}:${options.pass}:${database.name}`))
  const questions = options.varied ? shuffled(database.questions, random) : database.questions
  return chunks(questions).map((chunk, index) => {
    const asked = { ...database, questions: chunk }
    const otherwise = isVaried(database, options) && random.chance(packsWithOtherNames)
    return {
      id: `${database.name}-${options.pass}-${index + 1}`,
      ...buildPack(otherwise ? renameSchema(asked, random) : asked, options, random),
    }
  })
}

function buildPack(
  database: TrainingDatabase,
  options: PassOptions,
  random: Random,
): Omit<TrainingPack, 'id'> {
  const { name, catalog, questions } = database
  const needed = [...new Set(questions.flatMap(({ tables }) => tables))]
  const varied = isVaried(database, options)
  const dialect = varied ? chooseDialect(catalog, questions, random) : catalog.dialect
  const without =
    varied && random.chance(packsWithSomethingMissing[options.asInChat ? 'asInChat' : 'usually'])
      ? somethingMissing(catalog, questions, random)
      : undefined
  const shown = varied
    ? varyCatalog(catalog, { dialect, needed: new Set(needed), without }, random)
    : catalog
  const named = columnsOf(catalog).filter((column) =>
    questions.some(({ joinFree }) => mentions(joinFree, column)),
  )
  const isOwnEngine = options.varied && dialect === catalog.dialect
  const pointers = pointAtSchema(options.varied ? (list) => shuffled(list, random) : (list) => list)
  let prefix = ''
  const rows = questions.map((question) => {
    const wording = options.varied ? chooseWording(question, options, random) : question.wordings[0]
    const links = database.linkValues(wording)
    const valueLinks = links.filter(({ column }) => findColumn(shown, column))
    const isNamed = !options.varied || random.chance(withNames)
    const isHinted = !options.varied || random.chance(withHints)
    const pointed = options.pointed
      ? pointPrompt({ question: wording, links: valueLinks }, shown, pointers)
      : undefined
    const prompt = localPrompt(
      {
        catalog: shown,
        question: wording,
        items: isNamed
          ? readNames({ question: wording, catalog: shown, valueLinks, asOf })
          : undefined,
        links: isHinted ? links : [],
        periods: database.readPeriods?.(wording),
        wishes: { rankedTables: needed, named },
        failure: isOwnEngine ? chooseFailure(question, without, options, random) : undefined,
      },
      options.countTokens,
      pointed?.form,
    )
    prefix = prompt.prefix
    const answerable = !without || !needs(question, without)
    const target = answerable ? forDialect(question.joinFree, dialect) : noAnswer
    const written = pointed?.toPointers(target) ?? target
    return { id: question.id, suffix: prompt.suffix, target: ` ${written}` }
  })
  return { database: name, dialect, prefix, rows }
}

/** Whether the schema is; the hints and the wording are varied all the same. */
function isVaried({ isServed = false }: TrainingDatabase, { varied }: PassOptions): boolean {
  return varied && !isServed
}

function chooseWording(
  { wordings }: TrainingQuestion,
  { pass }: PassOptions,
  random: Random,
): string {
  const [original, ...others] = wordings
  const other = others.length > 0 && pass > 1 && random.chance(withOtherWording)
  return other ? random.pick(others) : original
}

/** None where it, or the answer, is about what the schema lacks. */
function chooseFailure(
  question: TrainingQuestion,
  without: Missing | undefined,
  { asInChat = false }: PassOptions,
  random: Random,
): PromptFailure | undefined {
  const { failure, tables } = question
  if (!failure || !(asInChat || random.chance(withFailure))) return undefined
  const attempt = { tables, joinFree: failure.sql }
  return without && [question, attempt].some((each) => needs(each, without)) ? undefined : failure
}

/** The same SQL serves every engine unless it calls what only its own has. */
function chooseDialect(
  { dialect }: Catalog,
  questions: readonly TrainingQuestion[],
  random: Random,
): Dialect {
  const dialects: readonly Dialect[] = ['sqlite', 'duckdb', 'postgres']
  if (!questions.every(({ joinFree }) => isNeutral(joinFree))) return dialect
  const weights = dialect === 'duckdb' ? [15, 70, 15] : [50, 35, 15]
  return dialects[random.weighted(weights)] ?? dialect
}

/** What some questions of the pack need and most do not. */
function somethingMissing(
  catalog: Catalog,
  questions: readonly TrainingQuestion[],
  random: Random,
): Missing | undefined {
  const candidates = random.chance(missingTables)
    ? catalog.tables.map(({ name }) => ({ table: name }))
    : plainColumns(catalog)
  const fitting = candidates.filter((missing) => {
    const count = questions.filter((question) => needs(question, missing)).length
    return count > 0 && count * 3 <= questions.length
  })
  return fitting.length > 0 ? random.pick(fitting) : undefined
}

/** Without the keys, so that tables still connect. */
function plainColumns(catalog: Catalog): ColumnReference[] {
  const keys = new Set(
    catalog.relationships.flatMap(({ from, to }) => [from, to]).map((key) => JSON.stringify(key)),
  )
  return columnsOf(catalog).filter((column) => !keys.has(JSON.stringify(column)))
}

function needs(
  { tables, joinFree }: Pick<TrainingQuestion, 'tables' | 'joinFree'>,
  { table, column }: Missing,
): boolean {
  return column === undefined ? tables.includes(table) : mentions(joinFree, { table, column })
}

function columnsOf({ tables }: Catalog): ColumnReference[] {
  return tables.flatMap(({ name, columns }) =>
    columns.map((column) => ({ table: name, column: column.name })),
  )
}

function mentions(sql: string, { table, column }: ColumnReference): boolean {
  const name = sqlColumn(table, column)
  for (let at = sql.indexOf(name); at >= 0; at = sql.indexOf(name, at + 1)) {
    if (!/[\w"]/.test(sql[at + name.length] ?? ' ')) return true
  }
  return false
}

function chunks(questions: readonly TrainingQuestion[]): TrainingQuestion[][] {
  const length = ({ wordings, joinFree }: TrainingQuestion) => wordings[0].length + joinFree.length
  const packs: TrainingQuestion[][] = []
  for (let start = 0; start < questions.length; start += sortedTogether) {
    const window = questions
      .slice(start, start + sortedTogether)
      .sort((left, right) => length(left) - length(right))
    const count = Math.ceil(window.length / rowsPerPack)
    const size = Math.ceil(window.length / count)
    for (let at = 0; at < window.length; at += size) packs.push(window.slice(at, at + size))
  }
  return packs
}
