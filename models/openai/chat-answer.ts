/** What a server answered, checked: many speak this API, and not all of them well. */
import { z } from 'zod'
import type { Completion } from '../language-model.js'
import { failure } from './call-failure.js'

const chatAnswer = z.object({
  choices: z
    .array(
      z.object({
        finish_reason: z.string().nullish(),
        message: z.object({
          content: z.string().nullish(),
          tool_calls: z
            .array(z.object({ function: z.object({ arguments: z.string() }).optional() }))
            .nullish(),
        }),
      }),
    )
    .min(1),
  usage: z
    .object({
      prompt_tokens: z.number().int().min(0),
      completion_tokens: z.number().int().min(0).default(0),
    })
    .nullish()
    .catch(undefined),
})

/**
 * What stands in a tool's call goes before what stands beside it; a refusal is an empty text. Tokens that the server
 * did not count are counted by `countTokens`. Throws a `ModelCallError` when it is no completion.
 */
export function readChatAnswer(
  answer: unknown,
  countTokens: (text: string) => number,
): Omit<Completion, 'elapsedMs'> {
  const read = chatAnswer.safeParse(answer)
  const [choice] = read.data?.choices ?? []
  if (!read.success || !choice) throw failure('bad_answer')
  const called = choice.message.tool_calls?.[0]?.function?.arguments
  const text = called ?? choice.message.content ?? ''
  const { usage } = read.data
  return {
    text,
    tokens: usage?.completion_tokens ?? countTokens(text),
    ...(usage && { promptTokens: usage.prompt_tokens }),
    cut: choice.finish_reason === 'length',
  }
}
