/** Whether the process lives, whether it can answer, and the state of each of its parts. */
import type { Response } from 'express'
import type { Orchestrator } from '../orchestrator.js'
import { HttpError } from './http-error.js'
import { aliveSchema, healthSchema } from './information-schemas.js'
import type { Route } from './route.js'

export function healthRoutes(orchestrator: Orchestrator): readonly Route[] {
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
      handlers: [(_request, response) => sayWhetherReady(orchestrator, response)],
      success,
      errors: ['not_ready'],
    },
    {
      method: 'get',
      path: '/api/v1/health',
      summary: 'The state of every part, ready or not',
      handlers: [async (_request, response) => void response.json(await orchestrator.health())],
      success,
    },
  ]
}

async function sayWhetherReady(orchestrator: Orchestrator, response: Response): Promise<void> {
  const health = await orchestrator.health()
  if (!health.ready) {
    const notes = health.parts.filter(({ state }) => state !== 'ok').map(({ note }) => note)
    throw new HttpError('not_ready', 'Questions cannot be answered yet.', notes)
  }
  response.json(health)
}
