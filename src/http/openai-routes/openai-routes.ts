/** The door for OpenAI's clients: a question is the last message, an answer is Markdown, a failure has the shape of every other route. */
import type { Request, Response } from 'express'
import type { Answer } from '../../../agents/answer.js'
import { countTokens } from '../../count-tokens.js'
import type { Datasets } from '../../datasets.js'
import { admitCaller, answerErrors, refusalOf } from '../answer-question.js'
import type { AnswerStream } from '../answer-stream.js'
import type { AnswerStreams } from '../answer-streams.js'
import { callerOf } from '../caller.js'
import { HttpError } from '../http-error.js'
import { completionsPath } from '../question-paths.js'
import { readJsonBody } from '../read-json-body.js'
import { stopping } from '../refuse-while-draining.js'
import type { Doors } from '../result-routes/run-kept.js'
import type { Route } from '../route.js'
import { hangUpSignal, sendFrames } from '../server-sent-events.js'
import { beginCompletion } from './begin-completion.js'
import {
  type CompletionRequest,
  completionBodySchema,
  readCompletionBody,
} from './completion-body.js'
import { completionChunks, completionOf, refusedCompletions } from './completion-chunks.js'
import { completionSchema, modelListSchema, modelSchema } from './completion-schemas.js'
import { createKnownChats, type KnownChats } from './known-chats.js'
import { listModels, openModel, unknownModel } from './open-model.js'

/** Each question carries the whole chat, tables and all. */
const maxBodyBytes = 1_048_576

export function openaiRoutes(
  { datasets, streams }: Doors,
  chats: KnownChats = createKnownChats(),
): readonly Route[] {
  return [
    {
      method: 'post',
      path: completionsPath,
      summary: "Answer the last message of a chat, for OpenAI's clients",
      scope: 'ask',
      handlers: [
        admitCaller(streams),
        ...readJsonBody(maxBodyBytes),
        (request, response) => complete({ datasets, streams, chats }, request, response),
      ],
      body: completionBodySchema,
      success: {
        status: 200,
        description: 'The answer as Markdown; a question that fails says so there.',
        schema: completionSchema,
        events: true,
      },
      errors: [...answerErrors, 'not_found'],
    },
    {
      method: 'get',
      path: '/v1/models',
      summary: "Generators and datasets, as the models of OpenAI's clients",
      scope: 'ask',
      handlers: [
        async (request, response) => {
          const data = await listModels(datasets, callerOf(request))
          response.json({ object: 'list', data })
        },
      ],
      success: { status: 200, description: 'Every model.', schema: modelListSchema },
      errors: ['not_ready'],
    },
    {
      method: 'get',
      path: '/v1/models/:model',
      summary: 'One of them',
      scope: 'ask',
      handlers: [(request, response) => showModel(datasets, request, response)],
      success: { status: 200, description: 'The model.', schema: modelSchema },
      errors: ['not_found', 'not_ready'],
    },
  ]
}

async function showModel(datasets: Datasets, request: Request, response: Response) {
  const models = await listModels(datasets, callerOf(request))
  const found = models.find(({ id }) => id === request.params.model)
  if (!found) throw unknownModel(models)
  response.json(found)
}

interface CompletionDoors extends Doors {
  readonly chats: KnownChats
}

async function complete(
  { datasets, streams, chats }: CompletionDoors,
  request: Request,
  response: Response,
): Promise<void> {
  const asked = readCompletionBody(request.body)
  const caller = callerOf(request)
  const signal = hangUpSignal(response)
  const model = await openModel(datasets, asked.model, caller)
  const user = caller.keyId
  const begun = await beginCompletion({ streams, chats, model, asked, user, signal })
  if (!begun) return
  const { stream, remember } = begun
  if (asked.wantsStream) {
    const chunks = completionChunks(stream.follow(0, signal), asked, remember)
    return sendFrames(response, chunks, signal)
  }
  const { answer, tokens } = await answerOf(stream, signal)
  if (signal.aborted) return
  if (answer) await remember(answer)
  respond(answer, { streams, stream, asked, response, tokens })
}

async function answerOf(stream: AnswerStream, signal: AbortSignal) {
  const tokens = countTokens()
  let answer: Answer | undefined
  for await (const { event } of stream.follow(0, signal)) {
    tokens.see(event)
    if (event.type === 'message_stop') answer = event.answer
  }
  return { answer, tokens }
}

interface Ended {
  readonly streams: AnswerStreams
  readonly stream: AnswerStream
  readonly asked: CompletionRequest
  readonly response: Response
  readonly tokens: ReturnType<typeof countTokens>
}

function respond(answer: Answer | undefined, ended: Ended): void {
  const { streams, stream, asked, response, tokens } = ended
  if (streams.isCut() && !answer?.ok) throw stopping()
  const refusal = answer && refusalOf(answer, refusedCompletions)
  if (refusal) throw refusal
  if (answer) response.json(completionOf(answer, asked.model, tokens))
  else if (stream.cancelled) throw new HttpError('cancelled', 'The question was cancelled.')
  else throw new Error('The orchestrator ended without an answer.')
}
