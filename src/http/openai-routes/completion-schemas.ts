/** The wire forms of https://platform.openai.com/docs/api-reference/chat that are answered here. */
import { z } from 'zod'

const count = z.number().int()

const usage = z
  .object({ prompt_tokens: count, completion_tokens: count, total_tokens: count })
  .describe('What a model wrote for the answer; what it read is not counted, and rules use none.')

export const completionSchema = z
  .object({
    id: z.string().describe('chatcmpl- and the id of the answer.'),
    object: z.literal('chat.completion'),
    created: count.describe('Seconds since 1970.'),
    model: z.string(),
    system_fingerprint: z.string().optional(),
    choices: z.array(
      z.object({
        index: z.literal(0),
        message: z.object({
          role: z.literal('assistant'),
          content: z.string().describe('Markdown: the text, the SQL and a small table.'),
          refusal: z.null(),
        }),
        logprobs: z.null(),
        finish_reason: z.literal('stop'),
      }),
    ),
    usage,
  })
  .meta({ id: 'Completion' })

export const modelSchema = z
  .object({
    id: z.string(),
    object: z.literal('model'),
    created: count,
    owned_by: z.enum(['parley-generator', 'parley-dataset']),
  })
  .meta({ id: 'Model' })

export const modelListSchema = z
  .object({ object: z.literal('list'), data: z.array(modelSchema) })
  .meta({ id: 'ModelList' })

export type Completion = z.infer<typeof completionSchema>
export type Model = z.infer<typeof modelSchema>
export type Usage = z.infer<typeof usage>
