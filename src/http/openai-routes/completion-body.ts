/** What a client of OpenAI's chat completions sends, as far as it means something to a database that is asked. */
import { z } from 'zod'
import { HttpError } from '../http-error.js'
import { plainText, readBody } from '../read-body.js'

/** Of one conversation; clients send all of it with each question. */
const maxMessages = 200
const maxParts = 50
const maxNameLength = 100

const textPart = z.looseObject({ type: z.literal('text'), text: plainText })

const message = z.discriminatedUnion('role', [
  z.looseObject({
    role: z.literal('user'),
    content: z.union([plainText, z.array(textPart).min(1).max(maxParts)]),
  }),
  z.looseObject({
    role: z.enum(['system', 'developer', 'assistant', 'tool', 'function']),
    content: z.unknown(),
  }),
])

/** Sampling parameters and tools are let pass: SQL is not written by free text. What would change the answer's form is refused. */
export const completionBodySchema = z
  .looseObject({
    model: plainText
      .min(1)
      .max(maxNameLength)
      .describe('A generator or a dataset, as /v1/models lists them.'),
    messages: z
      .array(message)
      .min(1)
      .max(maxMessages)
      .describe('The last is the question; earlier questions of the user are its context.'),
    stream: z.boolean().nullish(),
    stream_options: z.looseObject({ include_usage: z.boolean().nullish() }).nullish(),
    n: z.literal(1).nullish(),
    response_format: z.looseObject({ type: z.literal('text') }).nullish(),
    tool_choice: z.enum(['none', 'auto']).nullish(),
  })
  .meta({ id: 'CompletionRequest' })

export interface CompletionRequest {
  readonly model: string
  readonly question: string
  /** What the user asked before, oldest first. */
  readonly earlier: readonly string[]
  readonly wantsStream: boolean
  readonly wantsUsage: boolean
}

/** Throws `invalid_request`. */
export function readCompletionBody(body: unknown): CompletionRequest {
  const { model, messages, stream, stream_options } = readBody(completionBodySchema, body)
  const questions = messages.flatMap((each) => (each.role === 'user' ? [textOf(each.content)] : []))
  const question = questions.pop()
  if (question === undefined || messages.at(-1)?.role !== 'user') {
    throw new HttpError('invalid_request', 'The last message must be one of the user.')
  }
  return {
    model,
    question,
    earlier: questions,
    wantsStream: stream ?? false,
    wantsUsage: stream_options?.include_usage ?? false,
  }
}

function textOf(content: string | readonly { readonly text: string }[]): string {
  return typeof content === 'string' ? content : content.map(({ text }) => text).join('\n')
}
