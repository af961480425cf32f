/** How a schema and a question are put into words for a model: the form it was trained on. */
import {
  type PromptName,
  type PromptQuestion,
  type PromptTable,
  questionText,
  schemaText,
} from '../../../models/prompts/sql-prompt.js'
import type { OfferedSchema } from './offered-schema.js'

export interface PromptForm {
  /** Shared by all questions over the schema; ends where no token reaches over. */
  schemaText(dialect: string, tables: readonly PromptTable[]): string
  questionText(asked: PromptQuestion): string
  /** Of the names that were read, those to be shown, where this form knows better. */
  chooseNames?(names: readonly PromptName[], schema: OfferedSchema): readonly PromptName[]
}

/** Everything by its name. */
export const namedForm: PromptForm = { schemaText, questionText }
