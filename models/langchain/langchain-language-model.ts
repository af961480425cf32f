/** Completes text with any chat model of LangChain; needs nothing of it but @langchain/core. */
import { createHash } from 'node:crypto'
import type { BaseChatModel } from '@langchain/core/language_models/chat_models'
import { type AIMessageChunk, HumanMessage, SystemMessage } from '@langchain/core/messages'
import type { LanguageModel } from '../language-model.js'
import { ModelCallError } from '../model-call-error.js'

/** UTF-8 bytes of a token, at least, in the usual vocabularies: estimates are rather too high. */
const bytesPerToken = 3
/** A text without end would fill memory: more characters than any answer has that was asked for. */
const mostCharacters = 1_000_000

/**
 * The model's own settings say how it draws, how often it asks again and how much it may write. What it throws is told as
 * `server_failed`, in one sentence without its message, which may hold a key or a prompt.
 */
export function createLangChainLanguageModel(model: BaseChatModel, name: string): LanguageModel {
  return {
    name,
    fingerprint: createHash('sha256').update(`langchain\n${name}`).digest('hex'),
    countTokens,
    complete: async ({ instructions, prompt, signal, onToken }) => {
      const started = performance.now()
      const messages = [
        ...(instructions === undefined ? [] : [new SystemMessage(instructions)]),
        new HumanMessage(prompt),
      ]
      signal?.throwIfAborted()
      const whole = await stoppable(gather(model, messages, signal, onToken), signal)
      const { usage_metadata: usage, response_metadata: facts = {} } = whole
      const text = textOf(whole)
      return {
        text,
        tokens: usage?.output_tokens ?? countTokens(text),
        ...(usage && { promptTokens: usage.input_tokens }),
        cut: [facts.finish_reason, facts.stop_reason].some((why) => cutReasons.has(String(why))),
        elapsedMs: performance.now() - started,
      }
    },
    close: async () => {},
  }
}

/** What providers call an answer that was too long. */
const cutReasons: ReadonlySet<string> = new Set(['length', 'max_tokens', 'MAX_TOKENS'])

async function gather(
  model: BaseChatModel,
  messages: (SystemMessage | HumanMessage)[],
  signal: AbortSignal | undefined,
  onToken: ((tokens: number) => void) | undefined,
): Promise<AIMessageChunk> {
  let whole: AIMessageChunk | undefined
  let pieces = 0
  for await (const chunk of await model.stream(messages, { signal })) {
    whole = whole ? whole.concat(chunk) : chunk
    if (textOf(chunk) !== '') onToken?.(++pieces)
    if (textOf(whole).length > mostCharacters) throw new RangeError('An answer without end.')
  }
  if (!whole) throw new RangeError('An answer of nothing.')
  return whole
}

/** Not every model listens to its signal. */
async function stoppable<Result>(work: Promise<Result>, signal?: AbortSignal): Promise<Result> {
  const stopped = new Promise<never>((_, reject) => {
    signal?.addEventListener('abort', () => reject(signal.reason), { once: true })
  })
  try {
    return await Promise.race([work, stopped])
  } catch (error) {
    signal?.throwIfAborted()
    throw new ModelCallError('server_failed', "The model's server failed.", { cause: error })
  }
}

/** Models that think in parts of their own answer in parts. */
function textOf({ content }: Pick<AIMessageChunk, 'content'>): string {
  if (typeof content === 'string') return content
  return content.flatMap((part) => (part.type === 'text' ? [String(part.text)] : [])).join('')
}

function countTokens(text: string): number {
  return Math.ceil(Buffer.byteLength(text) / bytesPerToken)
}
