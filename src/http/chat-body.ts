/** What a client may send to `/api/v1/chat`, and what it means to the orchestrator. */
import { z } from 'zod'
import { usualGenerators } from '../../agents/generator-name.js'
import type { ProcessOptions } from '../orchestrator.js'
import { plainText, readBody } from './read-body.js'

/** Ids are made by us and handed back by clients, so they hold nothing that a path or a log could trip over. */
export const idPattern = /^[A-Za-z0-9_-]{1,64}$/

/** Characters of a dataset's name. */
const maxNameLength = 100

export const conversationId = z.string().regex(idPattern).describe('Continues a conversation.')

export const answerId = z.string().regex(idPattern).describe('The id of an answer of yours.')

export const datasetName = plainText
  .max(maxNameLength)
  .describe('What to ask about, as /api/v1/datasets lists it. Conversations belong to one.')

const columnName = z.strictObject({ table: plainText, column: plainText })
/** More columns than an answer offers others for. */
const maxSwaps = 8

export const chatBodySchema = z
  .strictObject({
    message: plainText.optional().describe('The question, in plain words.'),
    question: plainText.optional().describe('The same as message; give one of the two.'),
    conversation_id: conversationId.optional(),
    dataset: datasetName.optional(),
    generator: z.enum(usualGenerators).optional().describe('What writes the SQL.'),
    use_rag: z.boolean().optional().describe('False offers every table instead of retrieved ones.'),
    keep: z
      .boolean()
      .optional()
      .describe('False leaves no turn: in no conversation, neither to be judged nor exported.'),
    new_topic: z.boolean().optional().describe('Forgets what earlier turns asked for.'),
    columns: z
      .array(z.strictObject({ column: columnName, by: columnName }))
      .max(maxSwaps)
      .optional()
      .describe('Corrects a reading: which column to read in the place of another.'),
    options: z
      .strictObject({
        as_of: z.iso.date().optional().describe('The day that "last month" counts from.'),
      })
      .optional(),
  })
  .refine((body) => (body.message === undefined) !== (body.question === undefined), {
    error: 'give either message or question',
  })
  .refine((body) => body.keep !== false || body.conversation_id === undefined, {
    error: 'a turn of a conversation is kept',
  })
  .meta({ id: 'ChatRequest', oneOf: [{ required: ['message'] }, { required: ['question'] }] })

export interface ChatRequest {
  readonly question: string
  readonly dataset: string | undefined
  readonly options: ProcessOptions
}

/** Throws `invalid_request` with one hint per field that is wrong. */
export function readChatBody(body: unknown): ChatRequest {
  const { message, question, dataset, conversation_id, columns, options, ...levers } = readBody(
    chatBodySchema,
    body,
  )
  return {
    question: message ?? question ?? '',
    dataset,
    options: {
      conversationId: conversation_id,
      generator: levers.generator,
      useRag: levers.use_rag,
      newTopic: levers.new_topic,
      keep: levers.keep,
      swaps: columns,
      asOf: options?.as_of,
    },
  }
}
