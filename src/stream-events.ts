/** Makes an async iterable of what a listener hears; leaving the loop cancels the question. */
import type { Answer } from '../agents/answer.js'
import type { AnswerEvent } from '../agents/answer-event.js'
import type { ProcessOptions } from './orchestrator.js'

export async function* streamEvents(
  question: string,
  options: ProcessOptions = {},
  process: (question: string, options: ProcessOptions) => Promise<Answer>,
): AsyncGenerator<AnswerEvent> {
  const waiting: AnswerEvent[] = []
  const leaving = new AbortController()
  const signal = options.signal ? AbortSignal.any([options.signal, leaving.signal]) : leaving.signal
  let wake = () => {}
  let ended = false
  const onEvent = (event: AnswerEvent) => {
    options.onEvent?.(event)
    waiting.push(event)
    wake()
  }
  const finished = process(question, { ...options, signal, onEvent }).finally(() => {
    ended = true
    wake()
  })
  // The loop below reports a failure by awaiting; until then it must not count as unhandled.
  finished.catch(() => {})
  try {
    while (!ended || waiting.length > 0) {
      const event = waiting.shift()
      if (event) yield event
      else if (!ended)
        await new Promise<void>((resolve) => {
          wake = resolve
        })
    }
    await finished
  } finally {
    leaving.abort()
  }
}
