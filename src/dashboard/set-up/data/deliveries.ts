/** Files on their way to the service, one delivery after the other; they go on while other panels are shown. */
import type { DatasetStatus } from '../../../dataset-status.js'
import { isAbort, RequestError } from '../../service/request-error.js'
import type { Service } from '../../service/service.js'
import { bytesOf, type PlannedDelivery } from './plan-deliveries.js'
import { watchedTransport } from './watched-transport.js'

export interface Delivery extends PlannedDelivery {
  readonly key: number
  readonly bytes: number
  readonly sent: number
  readonly state: 'waiting' | 'sending' | 'failed'
  readonly failure?: RequestError
}

export interface Deliveries {
  /** Without those that arrived. */
  list(): readonly Delivery[]
  add(planned: readonly PlannedDelivery[]): void
  /** Of one that failed. */
  sendAgain(key: number): void
  /** Breaks it off, or forgets that it failed. */
  drop(key: number): void
  /** At every change, with the dataset that a delivery became; gives what ends it. */
  watch(listener: (arrived?: DatasetStatus) => void): () => void
}

const known = new WeakMap<Service, Deliveries>()

export function deliveriesTo(service: Service): Deliveries {
  const deliveries = known.get(service) ?? createDeliveries(service)
  known.set(service, deliveries)
  return deliveries
}

function createDeliveries(service: Service): Deliveries {
  let deliveries: readonly Delivery[] = []
  let nextKey = 1
  let sending: { readonly key: number; readonly stop: AbortController } | undefined
  const listeners = new Set<(arrived?: DatasetStatus) => void>()

  function change(next: readonly Delivery[], arrived?: DatasetStatus): void {
    deliveries = next
    for (const listener of listeners) listener(arrived)
  }
  function update(key: number, facts: Partial<Delivery>): void {
    change(deliveries.map((each) => (each.key === key ? { ...each, ...facts } : each)))
  }
  function without(key: number): readonly Delivery[] {
    return deliveries.filter((each) => each.key !== key)
  }

  async function sendNext(): Promise<void> {
    const next = deliveries.find(({ state }) => state === 'waiting')
    if (sending || !next) return
    const { key } = next
    const stop = new AbortController()
    sending = { key, stop }
    addEventListener('beforeunload', askToStay)
    update(key, { state: 'sending', sent: 0, failure: undefined })
    try {
      const onSent = (sent: number) => update(key, { sent: Math.min(sent, next.bytes) })
      const arrived = await send(service, next, onSent, stop.signal)
      change(without(key), arrived)
    } catch (error) {
      if (isAbort(error)) change(without(key))
      else update(key, { state: 'failed', failure: failureOf(error) })
    } finally {
      sending = undefined
      removeEventListener('beforeunload', askToStay)
    }
    await sendNext()
  }

  return {
    list: () => deliveries,
    add(planned) {
      const added = planned.map((each): Delivery => {
        nextKey += 1
        return { ...each, key: nextKey, bytes: bytesOf(each.files), sent: 0, state: 'waiting' }
      })
      change([...deliveries, ...added])
      void sendNext()
    },
    sendAgain(key) {
      update(key, { state: 'waiting' })
      void sendNext()
    },
    drop(key) {
      if (sending?.key === key) sending.stop.abort()
      else change(without(key))
    },
    watch(listener) {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
  }
}

async function send(
  service: Service,
  { title, files }: PlannedDelivery,
  onSent: (bytes: number) => void,
  signal: AbortSignal,
): Promise<DatasetStatus> {
  const body = new FormData()
  if (title) body.append('title', title)
  for (const file of files) body.append('file', file, file.name)
  const request = { method: 'POST', body, signal }
  const response = await service.send('/api/v1/datasets', request, watchedTransport(onSent))
  return response.json()
}

function failureOf(error: unknown): RequestError {
  if (error instanceof RequestError) return error
  throw error
}

/** Browsers ask in words of their own. */
function askToStay(event: BeforeUnloadEvent): void {
  event.preventDefault()
}
