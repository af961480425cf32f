/** What several tools may be given. */
import { z } from 'zod'

const maxNameLength = 100

export const datasetInput = {
  dataset: z
    .string()
    .max(maxNameLength)
    .optional()
    .describe('Which dataset, as describe_schema lists them; the usual one if not given.'),
}

export const conversationInput = {
  conversation_id: z
    .string()
    .regex(/^[A-Za-z0-9_-]{1,64}$/)
    .optional()
    .describe('Continues the conversation of an earlier answer.'),
}

export const generatorInput = {
  generator: z
    .string()
    .max(maxNameLength)
    .optional()
    .describe('What writes the SQL: auto, the default, chooses among rules, local and others.'),
}
