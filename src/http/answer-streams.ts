/** The answers under way and the last few finished ones, by id, so that they can be cancelled or taken up again. */
import type { Orchestrator } from '../orchestrator.js'
import { AnswerStream } from './answer-stream.js'
import type { ChatRequest } from './chat-body.js'
import type { HttpLogger } from './http-logger.js'

/** A page that reloads or changes networks is back within this time. */
const defaultGraceMs = 5_000
const keepFinishedMs = 60_000
/** Finished answers hold their rows, so only a few are kept. */
const maxFinished = 32

export interface AnswerStreams {
  start(orchestrator: Orchestrator, chat: Pick<ChatRequest, 'question' | 'options'>): AnswerStream
  /** Nobody finds the answer of another user. */
  find(id: string, user: string | undefined): AnswerStream | undefined
}

interface OwnedStream {
  readonly stream: AnswerStream
  readonly user: string | undefined
}

export function createAnswerStreams(logger: HttpLogger, graceMs = defaultGraceMs): AnswerStreams {
  const streams = new Map<string, OwnedStream>()
  const finished = new Set<string>()

  function forget(id: string): void {
    streams.delete(id)
    finished.delete(id)
  }

  function finish(id: string): void {
    finished.add(id)
    const [oldest] = finished
    if (finished.size > maxFinished && oldest !== undefined) forget(oldest)
    setTimeout(() => forget(id), keepFinishedMs).unref()
  }

  return {
    start(orchestrator, { question, options }) {
      let answerId: string | undefined
      const stream: AnswerStream = new AnswerStream(
        (signal) => orchestrator.stream(question, { ...options, signal }),
        {
          graceMs,
          onStart: (id) => {
            answerId = id
            streams.set(id, { stream, user: options.user })
          },
          onEnd: () => answerId !== undefined && finish(answerId),
          onFailure: (error) => logger.error({ answerId, error: String(error) }, 'answer failed'),
        },
      )
      return stream
    },
    find: (id, user) => {
      const found = streams.get(id)
      return found?.user === user ? found?.stream : undefined
    },
  }
}
