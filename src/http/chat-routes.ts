/** Asking, following and cancelling a question. A question that fails is still a 200: its answer says `ok: false`. */
import type { Request, Response } from 'express'
import type { Answer } from '../../agents/answer.js'
import type { Datasets } from '../datasets.js'
import { answerSchema } from './answer-schema.js'
import type { AnswerStream } from './answer-stream.js'
import type { AnswerStreams } from './answer-streams.js'
import { callerOf } from './caller.js'
import { chatBodySchema, idPattern, readChatBody } from './chat-body.js'
import { HttpError } from './http-error.js'
import { openDataset } from './open-dataset.js'
import { readJsonBody } from './read-json-body.js'
import { stopping } from './refuse-while-draining.js'
import type { Route } from './route.js'
import { hangUpSignal, sendEvents } from './server-sent-events.js'

/** Of one answer at once; a page has one. */
const maxFollowers = 8

export function chatRoutes(datasets: Datasets, streams: AnswerStreams): readonly Route[] {
  return [
    {
      method: 'post',
      path: '/api/v1/chat',
      summary: 'Answer one question, as JSON or step by step as server-sent events',
      scope: 'ask',
      handlers: [
        // Refusing comes before reading, so that it stays cheap.
        (request, _response, next) => {
          streams.admit(callerOf(request).keyId)
          next()
        },
        ...readJsonBody(),
        (request, response) => ask(datasets, streams, request, response),
      ],
      body: chatBodySchema,
      success: {
        status: 200,
        description: 'The answer; ok is false when the question could not be answered.',
        schema: answerSchema,
        events: true,
      },
      errors: [
        'malformed_json',
        'invalid_request',
        'cancelled',
        'body_too_large',
        'unsupported_media_type',
        'rate_limited',
        'busy',
        'not_ready',
      ],
    },
    {
      method: 'get',
      path: '/api/v1/chat/:id/events',
      summary: 'Take up the events of an answer after Last-Event-ID',
      scope: 'ask',
      handlers: [(request, response) => resume(findStream(streams, request), request, response)],
      success: { status: 200, description: 'The events that are still to come.', events: true },
      errors: ['invalid_request', 'not_found', 'rate_limited'],
    },
    {
      method: 'delete',
      path: '/api/v1/chat/:id',
      summary: 'Cancel an answer that is being made',
      scope: 'ask',
      handlers: [
        (request, response) => {
          findStream(streams, request).close()
          response.status(204).end()
        },
      ],
      success: { status: 204, description: 'Cancelled, or already finished.' },
      errors: ['invalid_request', 'not_found'],
    },
  ]
}

async function ask(
  datasets: Datasets,
  streams: AnswerStreams,
  request: Request,
  response: Response,
): Promise<void> {
  const { options, ...chat } = readChatBody(request.body)
  const user = callerOf(request).keyId
  const wantsEvents =
    request.accepts(['application/json', 'text/event-stream']) === 'text/event-stream'
  const signal = hangUpSignal(response)
  const orchestrator = await openDataset(datasets, chat.dataset, callerOf(request))
  if (signal.aborted) return
  // While a dataset was opened, others may have come.
  streams.admit(user)
  const stream = streams.start(orchestrator, { ...chat, options: { ...options, user } })
  if (wantsEvents) return sendEvents(response, stream.follow(0, signal), signal)
  // A JSON client has no event number to come back with, so hanging up ends the work at once.
  signal.addEventListener('abort', () => stream.close())
  const answer = await stream.answer(signal)
  if (signal.aborted) return
  if (streams.isCut() && !answer?.ok) throw stopping()
  const refusal = answer && refusalOf(answer)
  if (refusal) throw refusal
  if (answer) response.json(answer)
  else if (stream.cancelled) throw new HttpError('cancelled', 'The question was cancelled.')
  else throw new Error('The orchestrator ended without an answer.')
}

/** That there was no time for a question is no answer to it; a stream has begun by then and says so in an event. */
function refusalOf(answer: Answer): HttpError | undefined {
  if (answer.ok) return undefined
  const { code, message, hints, retryAfterSeconds } = answer.error
  if (code !== 'busy' && code !== 'rate_limited') return undefined
  return new HttpError(code, message, hints, { retryAfterSeconds })
}

async function resume(stream: AnswerStream, request: Request, response: Response): Promise<void> {
  const last = request.get('Last-Event-ID') ?? '0'
  if (!/^\d{1,9}$/.test(last)) {
    throw new HttpError('invalid_request', 'Last-Event-ID must be the id of an earlier event.')
  }
  if (stream.followers >= maxFollowers) {
    const message = 'This answer has as many readers as it may have.'
    throw new HttpError('rate_limited', message, [], { retryAfterSeconds: 1 })
  }
  const signal = hangUpSignal(response)
  return sendEvents(response, stream.follow(Number(last), signal), signal)
}

function findStream(streams: AnswerStreams, request: Request): AnswerStream {
  const id = String(request.params.id)
  if (!idPattern.test(id)) throw new HttpError('invalid_request', 'That is not an id of ours.')
  const stream = streams.find(id, callerOf(request).keyId)
  if (!stream) {
    throw new HttpError('not_found', 'No answer of this id is under way.', [
      'Finished answers are kept for a minute.',
    ])
  }
  return stream
}
