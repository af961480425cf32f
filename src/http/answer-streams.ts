/** The answers under way and the last few finished ones, by id, so that they can be cancelled or taken up again. */

import { describeError, wholeError } from '../discreet-text.js'
import type { Orchestrator } from '../orchestrator.js'
import type { AnswerLog, FollowableAnswer } from './answer-log.js'
import { AnswerStream } from './answer-stream.js'
import type { ChatRequest } from './chat-body.js'
import { HttpError } from './http-error.js'
import type { HttpLogger } from './http-logger.js'
import { letCrowdsPass } from './let-crowds-pass.js'
import type { Lifecycle } from './lifecycle.js'
import { questionTurns } from './take-turns.js'

/** A page that reloads or changes networks is back within this time. */
const defaultGraceMs = 5_000
const keepFinishedMs = 60_000
/** Finished answers hold their rows, so only a few are kept. */
const maxFinished = 32
/** About as long as a few answers by rules take. */
const comeAgainSeconds = 2

/** Whoever asks: there is no more room. */
export const tooManyQuestions = {
  code: 'busy',
  message: 'Too many questions are under way.',
  hints: ['Ask again soon.'],
  retryAfterSeconds: comeAgainSeconds,
} as const

export interface AnswerStreams {
  /** True when there is no room for one more question: what waits to begin lets a crowd of such pass. */
  turnAway(): boolean
  /** Throws `busy` or `rate_limited` when nothing more can be started for this user. */
  admit(user: string | undefined): void
  /** Takes a question's place for other work, until what it gives is called. Throws as `admit` does; `close` is called when the service stops. */
  hold(user: string | undefined, close: () => void): () => void
  start(
    orchestrator: Orchestrator,
    chat: Pick<ChatRequest, 'question' | 'options'>,
    streaming?: Streaming,
  ): AnswerStream
  /** Nobody finds the answer of another user. */
  find(id: string, user: string | undefined): Promise<FollowableAnswer | undefined>
  /** The service stops, and cancelled what was under way. */
  isCut(): boolean
}

export interface Streaming {
  /** Its events are kept for a reader who is cut off and comes back at another replica. Default false. */
  readonly isResumable?: boolean
}

export interface AnswerStreamsOptions {
  readonly logger: HttpLogger
  readonly graceMs?: number
  readonly maxQuestions: number
  readonly lifecycle: Pick<Lifecycle, 'cut'>
  /** Where there are other replicas. */
  readonly log?: AnswerLog
}

/** What is under way for a user, and counts as a question. */
interface OwnedWork {
  readonly user: string | undefined
  close(): void
}

interface OwnedStream {
  readonly stream: AnswerStream
  readonly user: string | undefined
}

export function createAnswerStreams({
  logger,
  graceMs = defaultGraceMs,
  maxQuestions,
  lifecycle,
  log,
}: AnswerStreamsOptions): AnswerStreams {
  const crowds = letCrowdsPass()
  const inTurn = questionTurns(crowds)
  const streams = new Map<string, OwnedStream>()
  const underWay = new Set<OwnedWork>()
  const finished = new Set<string>()
  lifecycle.cut.addEventListener('abort', () => {
    for (const work of underWay) work.close()
  })

  log?.onCalls({
    cancel: (id) => streams.get(id)?.stream.close(),
    read: (id) => streams.get(id)?.stream.readElsewhere(),
  })

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
    turnAway: () => {
      if (underWay.size < maxQuestions) return false
      crowds.turnedAway()
      return true
    },
    admit: (user) => refuseTooMany([...underWay], user, maxQuestions),
    hold(user, close) {
      refuseTooMany([...underWay], user, maxQuestions)
      const work = { user, close }
      underWay.add(work)
      return () => underWay.delete(work)
    },
    start(orchestrator, { question, options }, { isResumable = false } = {}) {
      let answerId: string | undefined
      const stream: AnswerStream = new AnswerStream(
        inTurn((signal) => orchestrator.stream(question, { ...options, signal })),
        {
          graceMs,
          onStart: (id) => {
            answerId = id
            streams.set(id, owned)
            if (isResumable) log?.begin(id, options.user)
          },
          onEvent: (event) => {
            if (answerId !== undefined) log?.add(answerId, event)
          },
          onEnd: () => {
            underWay.delete(work)
            if (answerId === undefined) return
            finish(answerId)
            log?.end(answerId)
          },
          onFailure: (error) => {
            logger.error({ answerId, ...describeError(error) }, 'answer failed')
            logger.debug({ answerId, error: wholeError(error) }, 'answer failed')
          },
        },
      )
      const owned = { stream, user: options.user }
      const work = { user: options.user, close: () => stream.close() }
      underWay.add(work)
      return stream
    },
    isCut: () => lifecycle.cut.aborted,
    find: async (id, user) => {
      const found = streams.get(id)
      if (!found) return log?.find(id, user)
      return found.user === user ? found.stream : undefined
    },
  }
}

/** One key gets at most half of what there is, so that the others are answered too. */
function refuseTooMany(
  underWay: readonly OwnedWork[],
  user: string | undefined,
  most: number,
): void {
  const own = underWay.filter((work) => work.user === user).length
  if (user !== undefined && own >= Math.ceil(most / 2)) {
    const message = `${own} questions of this key are under way already.`
    throw new HttpError('rate_limited', message, [], { retryAfterSeconds: comeAgainSeconds })
  }
  if (underWay.length < most) return
  const { code, message, hints, retryAfterSeconds } = tooManyQuestions
  throw new HttpError(code, message, hints, { retryAfterSeconds })
}
