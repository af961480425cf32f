/** A completion request as OpenAI's chat completions API wants it, and in simpler terms for servers that know less. */
import type { APIError, OpenAI } from 'openai'
import type { CompletionRequest } from '../language-model.js'

type Parameters = OpenAI.Chat.ChatCompletionCreateParams

/** How a server is asked for JSON, the strictest first. */
export const answerForms = ['json_schema', 'tool', 'json_object', 'text'] as const

export type AnswerForm = (typeof answerForms)[number]

/** What a server is known to understand. */
export interface Manner {
  /** The first is used; the others are tried where it is refused. */
  readonly forms: readonly AnswerForm[]
  /** Newer models know only the longer name, most other servers only the shorter. */
  readonly limit: 'max_tokens' | 'max_completion_tokens'
  /** Some models have one temperature, and no seed; some servers do not stream, or do not count what they stream. */
  readonly leftOut: ReadonlySet<string>
}

const streamed = { stream: true, stream_options: { include_usage: true } } as const

export function chatRequest(
  { prompt, instructions, maxTokens, stop, sampling, shape, onToken }: CompletionRequest,
  { forms: [form = 'text'], limit, leftOut }: Manner,
  model: string,
): Parameters {
  const drawing = {
    temperature: sampling?.temperature ?? 0,
    ...(sampling && { seed: sampling.seed }),
    ...(onToken && !leftOut.has('stream') && streamed),
  }
  const kept = Object.entries(drawing).filter(([name]) => !leftOut.has(name))
  return {
    model,
    messages: [
      ...(instructions === undefined ? [] : [{ role: 'system' as const, content: instructions }]),
      { role: 'user' as const, content: prompt },
    ],
    [limit]: maxTokens,
    ...Object.fromEntries(kept),
    ...(stop !== undefined && { stop }),
    ...(shape && inForm(form, shape)),
  }
}

function inForm(
  form: AnswerForm,
  { name, description, schema }: NonNullable<CompletionRequest['shape']>,
): Partial<Parameters> {
  if (form === 'json_schema') {
    const json_schema = { name, description, schema: { ...schema }, strict: true }
    return { response_format: { type: 'json_schema', json_schema } }
  }
  if (form === 'tool') {
    return {
      tools: [{ type: 'function', function: { name, description, parameters: { ...schema } } }],
      tool_choice: { type: 'function', function: { name } },
    }
  }
  return form === 'json_object' ? { response_format: { type: 'json_object' } } : {}
}

/** Of requests that no other manner would make right. */
const tooLong = /context.length|too (large|long|many)/i

/** A simpler manner for a request that was refused as wrong; undefined where there is none. */
export function simpler(
  manner: Manner,
  { code, param, message }: Pick<APIError, 'code' | 'param' | 'message'>,
  asksForJson: boolean,
): Manner | undefined {
  if (tooLong.test(`${code} ${message}`)) return undefined
  const concerns = (name: string) =>
    param === name || (!param && new RegExp(`\\b${name}\\b`).test(message))
  if (manner.limit === 'max_tokens' && concerns('max_tokens')) {
    return { ...manner, limit: 'max_completion_tokens' }
  }
  const refused = ['temperature', 'seed', 'stream_options', 'stream'].find(
    (name) => concerns(name) && !manner.leftOut.has(name),
  )
  if (refused) return { ...manner, leftOut: new Set([...manner.leftOut, refused]) }
  const [, ...forms] = manner.forms
  return asksForJson && forms.length > 0 ? { ...manner, forms } : undefined
}
