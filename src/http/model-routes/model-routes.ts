/** The adapters of the local model and the models from nothing: which there are, which is in use, and how that changes while the service runs. */
import type { RequestHandler } from 'express'
import { z } from 'zod'
import type { Activation, ModelList, ModelShelf, NotActivated } from '../../adapters/model-shelf.js'
import type { ErrorCode } from '../error-codes.js'
import { HttpError } from '../http-error.js'
import { plainText, readBody } from '../read-body.js'
import { readJsonBody } from '../read-json-body.js'
import type { Route } from '../route.js'

const path = '/api/v1/models'
const maxNameLength = 200

const text = z.string()
const base = z.object({ name: text, sha256: text })
const origin = z.enum(['shipped', 'own']).describe('own: from PARLEY_HOME/adapters.')

const described = {
  name: text,
  file: text,
  origin,
  bytes: z.number().optional().describe('Absent where the file is missing.'),
  sha256: text,
  isActive: z.boolean(),
  score: z.object({ measure: text, value: z.number() }).optional(),
  exportedAt: text.optional(),
  dataSets: z.array(text).optional(),
  notice: text.optional(),
}

const adapter = z.object({
  ...described,
  base,
  fits: z.boolean().optional().describe('Trained on the weights in use, where they are known.'),
  training: z
    .looseObject({
      dataHash: text,
      files: z.array(text),
      steps: z.number(),
      settings: z.record(text, z.unknown()),
    })
    .optional(),
})

const scratch = z.object({
  ...described,
  type: text.optional(),
  training: z
    .looseObject({
      files: z.array(text).nullish(),
      steps: z.number().nullish(),
      shape: z.record(text, z.unknown()).optional(),
    })
    .optional(),
})

const modelsSchema: z.ZodType<ModelList> = z
  .object({
    state: z.enum(['loading', 'ok', 'missing']),
    note: text,
    base: base.optional(),
    active: z
      .object({
        adapter: text.optional().describe('Absent: the base model alone.'),
        reason: z
          .enum(['setting', 'chosen', 'best'])
          .describe('PARLEY_ADAPTER, a choice, or the best score of those that fit.'),
        fingerprint: text,
      })
      .optional(),
    setting: text.optional().describe('PARLEY_ADAPTER, which nothing here can change.'),
    before: text.optional().describe('What rolling back would activate.'),
    adapters: z.array(adapter),
    scratch: z.array(scratch).describe('Trained from nothing: for the generator scratch.'),
    merged: z.array(z.object({ name: text, file: text.optional(), type: text.optional(), origin })),
    problems: z.array(text).describe('Descriptions that cannot be read or used.'),
  })
  .meta({ id: 'Models' })

const choiceSchema = z
  .strictObject({
    adapter: plainText
      .min(1)
      .max(maxNameLength)
      .describe('A name; none for the base model alone; auto for the best score.'),
  })
  .meta({ id: 'AdapterChoice' })

const refusedAlone = 'Name the adapter in PARLEY_ADAPTER of each replica, and start them again.'
const changeErrors: readonly ErrorCode[] = ['not_found', 'not_activated', 'not_ready', 'not_kept']

export function modelRoutes(shelf: ModelShelf): readonly Route[] {
  return [
    {
      method: 'get',
      path,
      summary:
        'The base model, its adapters and models from scratch: scores, what each was trained on, which is in use',
      scope: 'ask',
      handlers: [async (_request, response) => void response.json(await shelf.list())],
      success: { status: 200, description: 'Best score first.', schema: modelsSchema },
    },
    {
      method: 'put',
      path: `${path}/active`,
      summary: 'Use another adapter from the next question on, and after a restart',
      scope: 'admin',
      refusedAlone,
      body: choiceSchema,
      handlers: [
        ...readJsonBody(),
        changing(shelf, (request) => shelf.activate(readBody(choiceSchema, request.body).adapter)),
      ],
      success: { status: 200, description: 'As it is now.', schema: modelsSchema },
      errors: ['malformed_json', 'invalid_request', 'unsupported_media_type', ...changeErrors],
    },
    {
      method: 'post',
      path: `${path}/roll_back`,
      summary: 'Use again what was chosen before',
      scope: 'admin',
      refusedAlone,
      handlers: [changing(shelf, () => shelf.rollBack())],
      success: { status: 200, description: 'As it is now.', schema: modelsSchema },
      errors: changeErrors,
    },
  ]
}

type Change = (request: Parameters<RequestHandler>[0]) => Promise<Activation>

function changing(shelf: ModelShelf, change: Change): RequestHandler {
  return async (request, response) => {
    const changed = await change(request)
    if (!changed.ok) {
      throw new HttpError(statuses[changed.code], changed.message, changed.hints)
    }
    response.json(await shelf.list())
  }
}

const statuses: Readonly<Record<NotActivated['code'], ErrorCode>> = {
  adapter_missing: 'not_found',
  adapter_mismatch: 'not_activated',
  adapter_corrupt: 'not_activated',
  adapter_set: 'not_activated',
  nothing_before: 'not_activated',
  model_unusable: 'not_activated',
  weights_missing: 'not_ready',
  not_kept: 'not_kept',
}
