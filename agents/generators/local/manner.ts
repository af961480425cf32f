/** What differs between the models of this process: how a question is put to one, and how its answer is read. */
import type { Catalog } from '../../../data/catalog.js'
import type { GrammarSchema } from '../../../models/grammar/grammar-schema.js'
import type { LanguageModel } from '../../../models/language-model.js'
import type { ValueLink } from '../../../rag/knowledge.js'
import type { LocalPrompt } from './local-prompt.js'
import { namedForm, type PromptForm } from './prompt-form.js'

export interface Manner {
  readonly name: 'local' | 'scratch'
  /** In sentences for people. */
  readonly title: string
  /** Known questions shown with their SQL; none where the model was trained without. */
  readonly maxExamples: number
  /** For one question, as the prompt has it. */
  put(question: string, links: readonly ValueLink[], catalog: Catalog): PutQuestion
}

export interface PutQuestion {
  readonly form: PromptForm
  /** As the prompt shows it: the same tables and columns, in some order. */
  readonly catalog: Catalog
  /** The same model, whose answers are in names. */
  inNames(model: LanguageModel): LanguageModel
  /** Of what the model itself writes. */
  grammarOf(prompt: LocalPrompt): Omit<GrammarSchema, 'dialect'>
  /** Whether join-free SQL in names lacks what the question surely wants in it; absent for a model that hardly forgets. */
  leavesOut?(joinFree: string): boolean
  /** The same question put another way, for the text of that seed; absent where there is but one way. */
  again?(seed: number): PutQuestion
}

/** Everything by its name: the fine-tuned model. */
export const namedManner: Manner = {
  name: 'local',
  title: 'local model',
  maxExamples: 3,
  put: (_question, _links, catalog) => ({
    form: namedForm,
    catalog,
    inNames: (model) => model,
    grammarOf: ({ schema, values }) => ({ tables: schema.tables, values }),
  }),
}
