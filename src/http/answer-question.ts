/** The handlers of a route that is answered with one answer, as JSON or step by step. */
import type { Request, RequestHandler, Response } from 'express'
import type { Answer, AnswerErrorCode } from '../../agents/answer.js'
import type { Datasets } from '../datasets.js'
import type { AnswerStreams } from './answer-streams.js'
import { callerOf } from './caller.js'
import type { ChatRequest } from './chat-body.js'
import type { ErrorCode } from './error-codes.js'
import { HttpError } from './http-error.js'
import { openDataset } from './open-dataset.js'
import { readJsonBody } from './read-json-body.js'
import { stopping } from './refuse-while-draining.js'
import { hangUpSignal, sendEvents } from './server-sent-events.js'

/** What may go wrong at the door of every such route. */
export const answerErrors = [
  'malformed_json',
  'invalid_request',
  'cancelled',
  'body_too_large',
  'unsupported_media_type',
  'rate_limited',
  'busy',
  'not_ready',
] as const

/** `read` throws `invalid_request` for a body that is none. */
export function answerQuestion(
  datasets: Datasets,
  streams: AnswerStreams,
  read: (body: unknown) => ChatRequest,
): readonly RequestHandler[] {
  return [
    admitCaller(streams),
    ...readJsonBody(),
    (request, response) => answer(datasets, streams, read(request.body), request, response),
  ]
}

/** Refusing comes before reading, so that it stays cheap. */
export function admitCaller(streams: AnswerStreams): RequestHandler {
  return (request, _response, next) => {
    streams.admit(callerOf(request).keyId)
    next()
  }
}

async function answer(
  datasets: Datasets,
  streams: AnswerStreams,
  { options, ...chat }: ChatRequest,
  request: Request,
  response: Response,
): Promise<void> {
  const user = callerOf(request).keyId
  const wantsEvents =
    request.accepts(['application/json', 'text/event-stream']) === 'text/event-stream'
  const signal = hangUpSignal(response)
  const orchestrator = await openDataset(datasets, chat.dataset, callerOf(request))
  if (signal.aborted) return
  // While a dataset was opened, others may have come.
  streams.admit(user)
  const asked = { ...chat, options: { ...options, user } }
  const stream = streams.start(orchestrator, asked, { isResumable: wantsEvents })
  if (wantsEvents) return sendEvents(response, stream.follow(0, signal), signal)
  // A JSON client has no event number to come back with, so hanging up ends the work at once.
  signal.addEventListener('abort', () => stream.close())
  const answered = await stream.answer(signal)
  if (signal.aborted) return
  if (streams.isCut() && !answered?.ok) throw stopping()
  const refusal = answered && refusalOf(answered)
  if (refusal) throw refusal
  if (answered) response.json(answered)
  else if (stream.cancelled) throw new HttpError('cancelled', 'The question was cancelled.')
  else throw new Error('The orchestrator ended without an answer.')
}

/** Failures of a question that are also codes of the door. */
type RefusalCode = AnswerErrorCode & ErrorCode

/** That there was no time for a question is no answer to it; a stream has begun by then and says so in an event. */
export function refusalOf(
  answer: Answer,
  codes: readonly RefusalCode[] = ['busy', 'rate_limited'],
): HttpError | undefined {
  if (answer.ok) return undefined
  const { message, hints, retryAfterSeconds } = answer.error
  const code = codes.find((known) => known === answer.error.code)
  return code && new HttpError(code, message, hints, { retryAfterSeconds })
}
