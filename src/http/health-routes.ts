/** Whether the process lives, whether it can answer, and the state of each of its parts. */
import type { Response } from 'express'
import type { Datasets } from '../datasets.js'
import type { Health } from '../orchestrator.js'
import { HttpError } from './http-error.js'
import { aliveSchema, healthSchema } from './information-schemas.js'
import { openDataset } from './open-dataset.js'
import type { Route } from './route.js'

/** Of the dataset that the service was started on. */
export function healthRoutes(datasets: Datasets): readonly Route[] {
  const health = async () => (await openDataset(datasets, undefined)).health()
  const success = { status: 200, description: 'Every part.', schema: healthSchema }
  return [
    {
      method: 'get',
      path: '/health/live',
      summary: 'The process answers; touches no part',
      handlers: [(_request, response) => void response.json({ alive: true })],
      success: { status: 200, description: 'Alive.', schema: aliveSchema },
    },
    {
      method: 'get',
      path: '/health/ready',
      summary: 'Questions can be answered',
      handlers: [async (_request, response) => sayWhetherReady(await health(), response)],
      success,
      errors: ['not_ready'],
    },
    {
      method: 'get',
      path: '/api/v1/health',
      summary: 'The state of every part, ready or not',
      handlers: [async (_request, response) => void response.json(await health())],
      success,
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
