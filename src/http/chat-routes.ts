/** Asking, following and cancelling a question. A question that fails is still a 200: its answer says `ok: false`. */
import type { Request, Response } from 'express'
import type { Datasets } from '../datasets.js'
import type { FollowableAnswer } from './answer-log.js'
import { answerErrors, answerQuestion } from './answer-question.js'
import { answerSchema } from './answer-schema.js'
import type { AnswerStreams } from './answer-streams.js'
import { callerOf } from './caller.js'
import { chatBodySchema, idPattern, readChatBody } from './chat-body.js'
import { HttpError } from './http-error.js'
import { chatPath } from './question-paths.js'
import type { Route } from './route.js'
import { hangUpSignal, sendEvents } from './server-sent-events.js'

/** Of one answer at once; a page has one. */
const maxFollowers = 8

export function chatRoutes(datasets: Datasets, streams: AnswerStreams): readonly Route[] {
  return [
    {
      method: 'post',
      path: chatPath,
      summary: 'Answer one question, as JSON or step by step as server-sent events',
      scope: 'ask',
      handlers: answerQuestion(datasets, streams, readChatBody),
      body: chatBodySchema,
      success: {
        status: 200,
        description: 'The answer; ok is false when the question could not be answered.',
        schema: answerSchema,
        events: true,
      },
      errors: answerErrors,
    },
    {
      method: 'get',
      path: '/api/v1/chat/:id/events',
      summary: 'Take up the events of an answer after Last-Event-ID',
      scope: 'ask',
      handlers: [
        async (request, response) => resume(await findStream(streams, request), request, response),
      ],
      success: { status: 200, description: 'The events that are still to come.', events: true },
      errors: ['invalid_request', 'not_found', 'rate_limited'],
    },
    {
      method: 'delete',
      path: '/api/v1/chat/:id',
      summary: 'Cancel an answer that is being made',
      scope: 'ask',
      handlers: [
        async (request, response) => {
          const stream = await findStream(streams, request)
          stream.close()
          response.status(204).end()
        },
      ],
      success: { status: 204, description: 'Cancelled, or already finished.' },
      errors: ['invalid_request', 'not_found'],
    },
  ]
}

async function resume(
  stream: FollowableAnswer,
  request: Request,
  response: Response,
): Promise<void> {
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

async function findStream(streams: AnswerStreams, request: Request): Promise<FollowableAnswer> {
  const id = String(request.params.id)
  if (!idPattern.test(id)) throw new HttpError('invalid_request', 'That is not an id of ours.')
  const stream = await streams.find(id, callerOf(request).keyId)
  if (!stream) {
    throw new HttpError('not_found', 'No answer of this id is under way.', [
      'Finished answers are kept for a minute.',
    ])
  }
  return stream
}
