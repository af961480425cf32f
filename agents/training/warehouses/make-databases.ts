/** Makes warehouses with questions for training, from themes and a seed; no data set is needed. */
import type { Catalog } from '../../../data/catalog.js'
import { createRandom, seedOf } from '../../../data/random.js'
import { makeWarehouse } from '../../../data/training/warehouses/make-warehouse.js'
import { nameStyles } from '../../../data/training/warehouses/name-style.js'
import { openWarehouse } from '../../../data/training/warehouses/open-warehouse.js'
import { serveWarehouse } from '../../../data/training/warehouses/serve-warehouse.js'
import type { Theme } from '../../../data/training/warehouses/theme.js'
import { allThemes, joinThemes } from '../../../data/training/warehouses/themes.js'
import type { Warehouse } from '../../../data/training/warehouses/warehouse.js'
import { createValueIndex } from '../../../rag/value-index.js'
import { periodReader } from '../period-reader.js'
import { findFailures } from '../repairs/find-failures.js'
import type { TrainingDatabase } from '../training-question.js'
import { makeQuestions } from './make-questions.js'

/** One theme in so many is kept out of training, in every style, so that validation is on unseen schemas. */
const validationShare = 12

export function isKeptForValidation(index: number): boolean {
  return (index % allThemes().length) % validationShare === validationShare - 1
}

export interface MadeOptions {
  readonly seed: number
  /** Another pass asks other questions on the same warehouses. */
  readonly pass: number
  /** Position among all made warehouses, from 0. */
  readonly index: number
  readonly questions: number
}

export interface MadeTrainingDatabase {
  readonly database: TrainingDatabase
  readonly rejected: Readonly<Record<string, number>>
}

/** The same for the same options. */
export async function makeDatabase(options: MadeOptions): Promise<MadeTrainingDatabase> {
  const { seed, pass, index } = options
  const theme = themeAt(index)
  const style = nameStyles[(index + Math.floor(index / allThemes().length) * 2) % nameStyles.length]
  if (!theme || !style) throw new RangeError(`there is no made warehouse ${index}`)
  const warehouse = makeWarehouse(theme, style, createRandom(seedOf(`${seed}:${index}`)))
  const database = await openWarehouse(warehouse)
  try {
    const { catalog } = database
    const values = createValueIndex(withLabels(catalog, warehouse))
    const linkValues = (question: string) => values.link(question)
    const readPeriods = periodReader(catalog, linkValues)
    const random = createRandom(seedOf(`${seed}:${index}:${pass}`))
    const made = await makeQuestions({
      warehouse,
      database,
      readPeriods,
      count: options.questions,
      random,
    })
    const name = `made-${theme.name.replaceAll(' ', '-')}-${index + 1}`
    const asked = { name, catalog, questions: made.questions, linkValues, readPeriods }
    return {
      database: await withFailures(asked, warehouse, seed),
      rejected: made.rejected,
    }
  } finally {
    database.close()
  }
}

async function withFailures(database: TrainingDatabase, warehouse: Warehouse, seed: number) {
  const served = await serveWarehouse(warehouse)
  try {
    return await findFailures(database, served, seed)
  } finally {
    await served.close()
  }
}

/** Each theme alone, then each beside another. */
export function themeAt(index: number): Theme | undefined {
  const themes = allThemes()
  const first = themes[index % themes.length]
  const distance = Math.floor(index / themes.length) * 5
  const second = themes[(index + distance) % themes.length]
  const isAlone = distance % themes.length === 0 || isKeptForValidation(index + distance)
  return (!isAlone && first && second && joinThemes(first, second)) || first
}

/** The catalog lists the values of short columns; names are many, and asked for by name. */
function withLabels(catalog: Catalog, { tables }: Warehouse): Catalog {
  const textsOf = (table: string, column: string) =>
    tables
      .find(({ name }) => name === table)
      ?.columns.find(({ name }) => name === column)
      ?.values.map(String) ?? []
  return {
    ...catalog,
    tables: catalog.tables.map((table) => ({
      ...table,
      columns: table.columns.map((column) =>
        column.kind === 'text' && !column.values
          ? { ...column, samples: textsOf(table.name, column.name) }
          : column,
      ),
    })),
  }
}
