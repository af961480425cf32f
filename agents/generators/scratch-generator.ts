/** Writes SQL with the model that was trained from nothing: as the local one does, by pointers in place of names. */
import type { LanguageModel } from '../../models/language-model.js'
import type { SqlGenerator } from '../sql-generator.js'
import type { Levers } from './local/levers.js'
import type { Manner, PutQuestion } from './local/manner.js'
import { createLocalGenerator, type ModelSlot } from './local-generator.js'
import { pointPrompt } from './pointers/pointed-prompt.js'
import { pointAtSchema, type SchemaPointers } from './pointers/schema-pointers.js'

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
  put: (question, links, catalog): PutQuestion => {
    const { pointers, begin } = pointersOfLastSchema()
    const { form, toNames, tables, leavesOut } = pointPrompt({ question, links }, catalog, pointers)
    return {
      form: {
        ...form,
        schemaText: (...schema) => {
          begin()
          return form.schemaText(...schema)
        },
      },
      inNames: (model) => answeringIn(model, toNames),
      leavesOut,
      grammarOf: ({ schema }) => ({
        tables: tables(schema.tables),
        values: [],
        valueFirst: true,
      }),
    }
  },
}

/**
 * Schemas are written until one fits. Only the last counts, and has the first pointers, which the model saw most: so
 * questions over the same tables begin alike, and the model reads that beginning once.
 */
function pointersOfLastSchema() {
  let last = pointAtSchema()
  const pointers: SchemaPointers = {
    table: (name) => last.table(name),
    column: (reference) => last.column(reference),
    tableOf: (pointer) => last.tableOf(pointer),
    columnOf: (pointer) => last.columnOf(pointer),
  }
  const begin = () => {
    last = pointAtSchema()
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
