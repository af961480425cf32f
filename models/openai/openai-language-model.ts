/** Completes text on a server that speaks OpenAI's chat completions API, wherever it stands. */
import { createHash } from 'node:crypto'
import { BadRequestError, UnprocessableEntityError } from 'openai'
import type { Completion, CompletionRequest, LanguageModel } from '../language-model.js'
import { readChatAnswer } from './chat-answer.js'
import { type AnswerForm, answerForms, chatRequest, type Manner, simpler } from './chat-request.js'
import { gatherChatStream } from './chat-stream.js'
import { openClient } from './open-client.js'
import { createTryAgain, type Wait } from './try-again.js'

export interface OpenAiSettings {
  /** Up to `/chat/completions`, such as `http://127.0.0.1:8080/v1`. */
  readonly baseUrl: string
  readonly model: string
  /** Servers of one's own need none. */
  readonly key?: string
  /** Longest that one attempt may take, from the request to the last byte. Default two minutes. */
  readonly timeoutMs?: number
  /** Attempts behind the first. Default 5. */
  readonly retries?: number
  /** How JSON is asked for. Default: the strictest way that the server understands. */
  readonly form?: AnswerForm
  /** Called when a server that is busy or away will be asked again. */
  readonly onWait?: (wait: Wait) => void
}

const usualTimeoutMs = 120_000
const usualRetries = 5
/** UTF-8 bytes of a token, at least, in the usual vocabularies: estimates are rather too high. */
const bytesPerToken = 3

/**
 * Nothing is sent before the first request, and nowhere but to `baseUrl`. Requests may run side by side. Grammars, prefixes,
 * rivals and probabilities are left out: the API has none of them for all servers.
 */
export function createOpenAiLanguageModel(settings: OpenAiSettings): LanguageModel {
  const { baseUrl, model, key, form, onWait } = settings
  const { timeoutMs = usualTimeoutMs, retries = usualRetries } = settings
  const client = openClient(baseUrl, key, timeoutMs)
  const tryAgain = createTryAgain({ key, timeoutMs, retries, onWait })
  let manner: Manner = {
    forms: form ? [form] : answerForms,
    limit: 'max_tokens',
    leftOut: new Set(),
  }
  const askOnce = async (request: CompletionRequest, signal: AbortSignal): Promise<unknown> => {
    for (let used = manner; ; ) {
      try {
        const body = chatRequest(request, used, model)
        const answer = await client.chat.completions.create(body, { signal })
        manner = used
        if (!(Symbol.asyncIterator in answer)) return answer
        const gathered = await gatherChatStream(answer, request.onToken)
        if (gathered) return gathered
        // It was answered as a whole all the same, or with nothing.
        used = { ...used, leftOut: new Set([...used.leftOut, 'stream']) }
      } catch (error) {
        const isRefused =
          error instanceof BadRequestError || error instanceof UnprocessableEntityError
        const next = isRefused && simpler(used, error, request.shape !== undefined)
        if (!next) throw error
        used = next
      }
    }
  }
  return {
    name: model,
    fingerprint: createHash('sha256').update(`${baseUrl}\n${model}`).digest('hex'),
    countTokens,
    complete: async (request) => {
      const started = performance.now()
      const answered = await tryAgain<Omit<Completion, 'elapsedMs'>>(
        async (signal) => readChatAnswer(await askOnce(request, signal), countTokens),
        request.signal,
      )
      request.onToken?.(answered.tokens)
      return { ...answered, elapsedMs: performance.now() - started }
    },
    close: async () => {},
  }
}

function countTokens(text: string): number {
  return Math.ceil(Buffer.byteLength(text) / bytesPerToken)
}
