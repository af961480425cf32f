/** What can be asked: the datasets, their tables, the generators, questions that will work. */
import { datasetsGenerators } from '../dataset-health.js'
import type { Datasets } from '../datasets.js'
import { callerOf } from './caller.js'
import {
  catalogSchema,
  comparisonSchema,
  datasetsSchema,
  generatorsSchema,
  suggestionsSchema,
} from './information-schemas.js'
import { datasetOf, datasetQuery, openDataset } from './open-dataset.js'
import type { Route } from './route.js'

export function informationRoutes(datasets: Datasets): readonly Route[] {
  return [
    {
      method: 'get',
      path: '/api/v1/datasets',
      summary: 'What can be asked about, with questions to try; opens nothing',
      scope: 'ask',
      handlers: [
        (_request, response) => {
          const accepts = datasets.added?.accepts
          response.json({ datasets: datasets.list(), canAdd: accepts !== undefined, accepts })
        },
      ],
      success: { status: 200, description: 'Every dataset.', schema: datasetsSchema },
    },
    {
      method: 'get',
      path: '/api/v1/schema',
      summary: 'Tables, columns, keys and value profiles of a dataset',
      scope: 'ask',
      query: datasetQuery,
      handlers: [
        async (request, response) => {
          const orchestrator = await openDataset(datasets, datasetOf(request), callerOf(request))
          // Documents have a route of their own.
          const { notes: _notes, ...catalog } = await orchestrator.catalog()
          response.json(catalog)
        },
      ],
      success: { status: 200, description: 'The catalog.', schema: catalogSchema },
      errors: ['invalid_request', 'not_ready'],
    },
    {
      method: 'get',
      path: '/api/v1/generators',
      summary: 'What can write SQL, and whether it is ready, for each dataset that is open',
      scope: 'ask',
      query: datasetQuery,
      handlers: [
        async (request, response) => {
          const orchestrator = await openDataset(datasets, datasetOf(request), callerOf(request))
          const generators = orchestrator.generators()
          response.json({ generators, datasets: await datasetsGenerators(datasets) })
        },
      ],
      success: { status: 200, description: 'Every generator.', schema: generatorsSchema },
      errors: ['invalid_request', 'not_ready'],
    },
    {
      method: 'get',
      path: '/api/v1/comparison',
      summary: 'How two generators do, where a share of the questions is asked of a second one',
      scope: 'ask',
      handlers: [
        async (request, response) => {
          const orchestrator = await openDataset(datasets, undefined, callerOf(request))
          response.json({ comparison: orchestrator.comparison() ?? null })
        },
      ],
      success: { status: 200, description: 'Counts of both.', schema: comparisonSchema },
      errors: ['not_ready'],
    },
    {
      method: 'get',
      path: '/api/v1/suggestions',
      summary: 'Questions that will work on a dataset',
      scope: 'ask',
      query: datasetQuery,
      handlers: [
        async (request, response) => {
          const orchestrator = await openDataset(datasets, datasetOf(request), callerOf(request))
          response.json({ suggestions: await orchestrator.suggestions() })
        },
      ],
      success: { status: 200, description: 'A few questions.', schema: suggestionsSchema },
      errors: ['invalid_request', 'not_ready'],
    },
  ]
}
