/** Which model a generator asks: kept over restarts, for everybody who asks this service. */
import { z } from 'zod'
import type { GeneratorStatus } from '../../../agents/sql-generator.js'
import type { Datasets } from '../../datasets.js'
import { callerOf } from '../caller.js'
import { HttpError } from '../http-error.js'
import { generatorStatus } from '../information-schemas.js'
import { openDataset } from '../open-dataset.js'
import { plainText, readBody } from '../read-body.js'
import { readJsonBody } from '../read-json-body.js'
import type { Route } from '../route.js'

const maxNameLength = 200

const bodySchema = z
  .strictObject({
    model: plainText.min(1).max(maxNameLength).describe('One of the models that it lists.'),
  })
  .meta({ id: 'GeneratorRequest' })

const statusSchema: z.ZodType<GeneratorStatus> = generatorStatus.meta({ id: 'Generator' })

export function generatorRoute(datasets: Datasets): Route {
  return {
    method: 'put',
    path: '/api/v1/generators/:name',
    summary: 'Have a generator ask another of the models that it lists',
    scope: 'admin',
    refusedAlone: 'Name the model in the settings of each replica, and start them again.',
    body: bodySchema,
    handlers: [
      ...readJsonBody(),
      async (request, response) => {
        const { model } = readBody(bodySchema, request.body)
        const orchestrator = await openDataset(datasets, undefined, callerOf(request))
        const status = await orchestrator.chooseModel(String(request.params.name), model)
        if (!status) {
          throw new HttpError('not_found', 'No generator of this name lists that model.', [
            'GET /api/v1/generators tells the models of each; one that a setting names stays.',
          ])
        }
        response.json(status)
      },
    ],
    success: { status: 200, description: 'Its status from now on.', schema: statusSchema },
    errors: [
      'malformed_json',
      'body_too_large',
      'unsupported_media_type',
      'invalid_request',
      'not_ready',
      'not_found',
    ],
  }
}
