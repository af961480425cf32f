/** What can be asked: the tables, the generators, questions that will work. */
import type { Orchestrator } from '../orchestrator.js'
import { catalogSchema, generatorsSchema, suggestionsSchema } from './information-schemas.js'
import type { Route } from './route.js'

export function informationRoutes(orchestrator: Orchestrator): readonly Route[] {
  return [
    {
      method: 'get',
      path: '/api/v1/schema',
      summary: 'Tables, columns, keys and value profiles of the database',
      handlers: [async (_request, response) => void response.json(await orchestrator.catalog())],
      success: { status: 200, description: 'The catalog.', schema: catalogSchema },
    },
    {
      method: 'get',
      path: '/api/v1/generators',
      summary: 'What can write SQL, and whether it is ready',
      handlers: [
        (_request, response) => void response.json({ generators: orchestrator.generators() }),
      ],
      success: { status: 200, description: 'Every generator.', schema: generatorsSchema },
    },
    {
      method: 'get',
      path: '/api/v1/suggestions',
      summary: 'Questions that will work on this data',
      handlers: [
        async (_request, response) =>
          void response.json({ suggestions: await orchestrator.suggestions() }),
      ],
      success: { status: 200, description: 'A few questions.', schema: suggestionsSchema },
    },
  ]
}
