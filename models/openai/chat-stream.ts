/** A streamed answer, put together again as it would have come whole; what is missing at its end is told as a failure. */
import { z } from 'zod'
import { failure } from './call-failure.js'

const chunk = z.object({
  choices: z
    .array(
      z.object({
        finish_reason: z.string().nullish(),
        delta: z
          .object({
            content: z.string().nullish(),
            tool_calls: z
              .array(
                z.object({ function: z.object({ arguments: z.string().nullish() }).nullish() }),
              )
              .nullish(),
          })
          .nullish(),
      }),
    )
    .default([]),
  usage: z.unknown().optional(),
})

/** A text without end would fill memory: more characters than any answer has that was asked for. */
const mostCharacters = 1_000_000

/**
 * In the shape of an answer that was not streamed. `onToken` is called with the pieces so far: servers send a token each.
 * Undefined for what is no stream at all.
 * Throws a `ModelCallError` for what is no such stream, and for one that ends before the model said that it had ended.
 */
export async function gatherChatStream(
  stream: AsyncIterable<unknown>,
  onToken: ((tokens: number) => void) | undefined,
): Promise<unknown> {
  let content = ''
  let called: string | undefined
  let usage: unknown
  let finish: string | undefined
  let pieces = 0
  let isStream = false
  for await (const part of stream) {
    const read = chunk.safeParse(part)
    if (!read.success) throw failure('bad_answer')
    isStream = true
    const [choice] = read.data.choices
    usage = read.data.usage ?? usage
    finish = choice?.finish_reason ?? finish
    const text = choice?.delta?.content ?? ''
    const argued = choice?.delta?.tool_calls?.[0]?.function?.arguments
    content += text
    if (argued != null) called = (called ?? '') + argued
    if (text !== '' || argued) onToken?.(++pieces)
    if (content.length + (called?.length ?? 0) > mostCharacters) throw failure('bad_answer')
  }
  if (!isStream) return undefined
  if (finish === undefined) throw failure('unreachable', '(the answer was cut off)')
  const call = called === undefined ? undefined : [{ function: { arguments: called } }]
  const message = { content, tool_calls: call }
  return { choices: [{ finish_reason: finish, message }], usage }
}
