/** Whether the process lives, whether it can answer, and the state of each of its parts. */
import { datasetsHealth } from '../dataset-health.js'
import type { Datasets } from '../datasets.js'
import type { Health, HealthPart } from '../orchestrator.js'
import { type Caller, callerOf } from './caller.js'
import { HttpError } from './http-error.js'
import { aliveSchema, healthSchema, serviceHealthSchema } from './information-schemas.js'
import type { Lifecycle } from './lifecycle.js'
import { openDataset } from './open-dataset.js'
import { stopping } from './refuse-while-draining.js'
import type { Route } from './route.js'

/** Anybody may ask, and finding out takes a query. */
const rememberReadyMs = 1_000

/** Of the dataset that the service was started on; `/api/v1/health` lists the others too, and opens none. */
export function healthRoutes(
  datasets: Datasets,
  lifecycle: Pick<Lifecycle, 'isDraining'>,
): readonly Route[] {
  const health = async (caller?: Caller) =>
    (await openDataset(datasets, undefined, caller)).health()
  const recentHealth = remembered(health, rememberReadyMs)
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
      handlers: [
        async (request, response) => {
          if (lifecycle.isDraining()) throw stopping()
          const found = await recentHealth()
          // Whoever has no key learns no names of data.
          const told = request.caller ? found : { ready: found.ready, source: '', parts: [] }
          refuseUnlessReady(found, told)
          response.json(told)
        },
      ],
      success: { status: 200, description: 'Every part.', schema: healthSchema },
      errors: ['not_ready'],
    },
    {
      method: 'get',
      path: '/api/v1/health',
      summary: 'The state of every part and of every dataset, ready or not; opens nothing',
      scope: 'ask',
      handlers: [
        async (request, response) => {
          const caller = callerOf(request)
          const parts = await datasetsHealth(datasets, caller.name)
          response.json({ ...(await health(caller)), datasets: parts })
        },
      ],
      success: { status: 200, description: 'Every part.', schema: serviceHealthSchema },
    },
  ]
}

/** Ready: the data answers, the stores are open, and what is still loading has arrived or is known to be missing. */
function refuseUnlessReady({ ready, parts }: Health, told: Pick<Health, 'parts'>): void {
  const awaited = parts.filter(({ name, state }) => isAwaited(name, state))
  if (ready && awaited.length === 0) return
  const notes = told.parts.filter(({ state }) => state !== 'ok').map(({ note }) => note)
  throw new HttpError('not_ready', 'Questions cannot be answered yet.', notes)
}

function isAwaited(name: HealthPart['name'], state: HealthPart['state']): boolean {
  if (name === 'model') return state === 'loading'
  if (name === 'database' || name === 'queue') return state !== 'ok'
  return name === 'conversations' && state === 'missing'
}

function remembered<Result>(find: () => Promise<Result>, forMs: number): () => Promise<Result> {
  let last: { readonly until: number; readonly result: Promise<Result> } | undefined
  return () => {
    if (!last || performance.now() > last.until) {
      last = { until: performance.now() + forMs, result: find() }
    }
    return last.result
  }
}
