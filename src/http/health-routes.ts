/** Whether the process lives, whether it can answer, and the state of each of its parts. */
import type { Response } from 'express'
import { datasetsHealth } from '../dataset-health.js'
import type { Datasets } from '../datasets.js'
import type { Health } from '../orchestrator.js'
import { HttpError } from './http-error.js'
import { aliveSchema, healthSchema, serviceHealthSchema } from './information-schemas.js'
import { openDataset } from './open-dataset.js'
import type { Route } from './route.js'

/** Of the dataset that the service was started on; `/api/v1/health` lists the others too, and opens none. */
export function healthRoutes(datasets: Datasets): readonly Route[] {
  const health = async () => (await openDataset(datasets, undefined)).health()
  return [
    {
      method: 'get',
      path: '/health/live',
      summary: 'The process answers; touches no part',
      scope: 'open',
      handlers: [(_request, response) => void response.json({ alive: true })],
      success: { status: 200, description: 'Alive.', schema: aliveSchema },
    },
    {
      method: 'get',
      path: '/health/ready',
      summary: 'Questions can be answered',
      scope: 'open',
      handlers: [async (_request, response) => sayWhetherReady(await health(), response)],
      success: { status: 200, description: 'Every part.', schema: healthSchema },
      errors: ['not_ready'],
    },
    {
      method: 'get',
      path: '/api/v1/health',
      summary: 'The state of every part and of every dataset, ready or not; opens nothing',
      scope: 'ask',
      handlers: [
        async (_request, response) => {
          response.json({ ...(await health()), datasets: await datasetsHealth(datasets) })
        },
      ],
      success: { status: 200, description: 'Every part.', schema: serviceHealthSchema },
    },
  ]
}

function sayWhetherReady(health: Health, response: Response): void {
  if (!health.ready) {
    const notes = health.parts.filter(({ state }) => state !== 'ok').map(({ note }) => note)
    throw new HttpError('not_ready', 'Questions cannot be answered yet.', notes)
  }
  response.json(health)
}
