/** A streamed answer as OpenAI's chunks: the text as it comes, then the SQL and the table. */
import type { Answer, AnswerError } from '../../../agents/answer.js'
import { answerMarkdown, markdownText } from '../../answer-markdown.js'
import { countTokens, type TokenCount } from '../../count-tokens.js'
import { refusalOf } from '../answer-question.js'
import type { NumberedEvent } from '../answer-stream.js'
import type { CompletionRequest } from './completion-body.js'
import type { Completion, Usage } from './completion-schemas.js'

/** What ends a completion without one; anything else that goes wrong is told in words. */
export const refusedCompletions = ['busy', 'rate_limited', 'cancelled', 'internal'] as const

export async function* completionChunks(
  events: AsyncIterable<NumberedEvent>,
  { model, wantsUsage }: CompletionRequest,
  onAnswer: (answer: Answer) => Promise<void>,
): AsyncGenerator<string> {
  const tokens = countTokens()
  const created = Math.floor(Date.now() / 1_000)
  let id = ''
  let written = ''
  let error: AnswerError | undefined
  const chunk = (fields: object) =>
    frame({ id, object: 'chat.completion.chunk', created, model, ...fields })
  const delta = (content: object, finish_reason: 'stop' | null = null) =>
    chunk({ choices: [{ index: 0, delta: content, logprobs: null, finish_reason }] })
  for await (const { event } of events) {
    tokens.see(event)
    if (event.type === 'error') error = event.error
    if (event.type === 'message_start') {
      id = idOf(event.id)
      yield delta({ role: 'assistant', content: '' })
    }
    if (event.type === 'text_delta') {
      const content = markdownText(event.text)
      written += content
      yield delta({ content })
    }
    if (event.type === 'message_stop') {
      await onAnswer(event.answer)
      if (refusalOf(event.answer, refusedCompletions)) break
      error = undefined
      yield delta({ content: restOf(answerMarkdown(event.answer), written) })
      yield delta({}, 'stop')
      if (wantsUsage) yield chunk({ choices: [], usage: usageOf(tokens) })
    }
  }
  if (error) yield frame({ error: toldOf(error) })
}

export function completionOf(answer: Answer, model: string, tokens: TokenCount): Completion {
  const content = answerMarkdown(answer)
  return {
    id: idOf(answer.id),
    object: 'chat.completion',
    created: Math.floor(Date.now() / 1_000),
    model,
    system_fingerprint: answer.provenance?.fingerprint,
    choices: [
      {
        index: 0,
        message: { role: 'assistant', content, refusal: null },
        logprobs: null,
        finish_reason: 'stop',
      },
    ],
    usage: usageOf(tokens),
  }
}

/** The text came first, as it does in the whole. */
function restOf(whole: string, written: string): string {
  return whole.startsWith(written) ? whole.slice(written.length) : `\n\n${whole}`
}

function usageOf(tokens: TokenCount): Usage {
  const prompt_tokens = tokens.read()
  const completion_tokens = tokens.written()
  return { prompt_tokens, completion_tokens, total_tokens: prompt_tokens + completion_tokens }
}

function toldOf({ code, message, hints }: AnswerError) {
  return { code, message, ...(hints.length > 0 && { hints }) }
}

function idOf(answerId: string): string {
  return `chatcmpl-${answerId}`
}

function frame(value: object): string {
  return `data: ${JSON.stringify(value)}\n\n`
}
