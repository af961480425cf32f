/** Writes SQL with the model that was trained from nothing: as the local one does, by pointers in place of names. */
import type { Catalog } from '../../data/catalog.js'
import { createRandom, shuffled } from '../../data/random.js'
import type { LanguageModel } from '../../models/language-model.js'
import type { ValueLink } from '../../rag/knowledge.js'
import type { SqlGenerator } from '../sql-generator.js'
import type { Levers } from './local/levers.js'
import type { Manner, PutQuestion } from './local/manner.js'
import { createLocalGenerator, type ModelSlot } from './local-generator.js'
import { pointPrompt } from './pointers/pointed-prompt.js'
import { type Mix, pointAtSchema, type SchemaPointers } from './pointers/schema-pointers.js'

/** Every failure of the model is a value; `generate` throws nothing but programming errors. */
export function createScratchGenerator(
  slot: ModelSlot,
  changed: Partial<Levers> = {},
): SqlGenerator {
  return createLocalGenerator(slot, changed, pointedManner)
}

const pointedManner: Manner = {
  name: 'scratch',
  title: 'model from scratch',
  maxExamples: 0,
  put: (question, links, catalog) => ({
    ...putByPointers(question, links, catalog),
    again: (seed) => {
      const random = createRandom(seed)
      const mix: Mix = (list) => shuffled(list, random)
      return putByPointers(question, links, reordered(catalog, mix), mix)
    },
  }),
}

function putByPointers(
  question: string,
  links: readonly ValueLink[],
  catalog: Catalog,
  mix?: Mix,
): PutQuestion {
  const { pointers, begin } = pointersOfLastSchema(mix)
  const { form, toNames, tables, leavesOut } = pointPrompt({ question, links }, catalog, pointers)
  return {
    catalog,
    form: {
      ...form,
      schemaText: (...schema) => {
        begin()
        return form.schemaText(...schema)
      },
    },
    inNames: (model) => answeringIn(model, toNames),
    leavesOut,
    grammarOf: ({ schema }) => ({ tables: tables(schema.tables), values: [], valueFirst: true }),
  }
}

/** What a small network reads depends on where things stand; what most orders agree on, less so. */
function reordered(catalog: Catalog, mix: Mix): Catalog {
  const tables = mix(catalog.tables).map((table) => ({ ...table, columns: mix(table.columns) }))
  return { ...catalog, tables }
}

/**
 * Schemas are written until one fits. Only the last counts, and begins with the first pointers: so questions over the same
 * tables begin alike, and the model reads that beginning once.
 */
function pointersOfLastSchema(mix?: Mix) {
  let last = pointAtSchema(mix)
  const pointers: SchemaPointers = {
    table: (name) => last.table(name),
    column: (reference) => last.column(reference),
    tableOf: (pointer) => last.tableOf(pointer),
    columnOf: (pointer) => last.columnOf(pointer),
  }
  const begin = () => {
    last = pointAtSchema(mix)
  }
  return { pointers, begin }
}

function answeringIn(model: LanguageModel, toNames: (written: string) => string): LanguageModel {
  return {
    name: model.name,
    fingerprint: model.fingerprint,
    contextSize: model.contextSize,
    complete: async (request) => {
      const completion = await model.complete(request)
      return { ...completion, text: toNames(completion.text) }
    },
    countTokens: (text) => model.countTokens(text),
    close: () => model.close(),
  }
}
