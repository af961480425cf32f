/** How a schema and a question are put into words for a model: the form it was trained on. */
import {
  type PromptQuestion,
  type PromptTable,
  questionText,
  schemaText,
} from '../../../models/prompts/sql-prompt.js'

export interface PromptForm {
  /** Shared by all questions over the schema; ends where no token reaches over. */
  schemaText(dialect: string, tables: readonly PromptTable[]): string
  questionText(asked: PromptQuestion): string
}

/** Everything by its name. */
export const namedForm: PromptForm = { schemaText, questionText }
