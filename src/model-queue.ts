/** The one line in front of the model: one question at a time, the keys in turn, bounded in length and time. */

export interface ModelQueueLimits {
  /** Waiting, beside the one that the model works on. */
  readonly queued: number
  readonly waitMs: number
}

export interface Entering {
  /** Keys take turns; one key may hold half of the places. */
  readonly user?: string
  readonly signal?: AbortSignal
  /** Called with the place, 1 for the next, whenever it changes. */
  readonly onPlace?: (place: number) => void
}

/** `own_full`: this key waits often enough already. */
export type QueueRefusal = 'own_full' | 'full' | 'waited' | 'cancelled'

export type QueueEntry =
  | { readonly ok: true; readonly leave: () => void }
  | { readonly ok: false; readonly reason: QueueRefusal; readonly retryAfterSeconds: number }

export interface ModelQueue {
  /** Resolves when the model is free for this question; whoever got in must leave. */
  enter(entering: Entering): Promise<QueueEntry>
  waiting(): number
  isFull(): boolean
}

interface Waiter extends Entering {
  place: number
  readonly settle: (refusal?: QueueRefusal) => void
}

/** Until one has been measured. */
const usualTurnMs = 2_000
/** How far one turn moves the expected time of the next. */
const newTurnWeight = 0.2
const maxRetryAfterSeconds = 30

export function createModelQueue({ queued, waitMs }: ModelQueueLimits): ModelQueue {
  /** Waiting questions by key; the first key is the next to be served. */
  const lanes = new Map<string, Waiter[]>()
  let isBusy = false
  let turnMs = usualTurnMs
  const waiting = () => [...lanes.values()].reduce((sum, lane) => sum + lane.length, 0)
  const isFull = () => waiting() >= queued

  function refuse(reason: QueueRefusal): QueueEntry {
    const seconds = Math.ceil(((waiting() + 1) * turnMs) / 1000)
    return { ok: false, reason, retryAfterSeconds: Math.min(seconds, maxRetryAfterSeconds) }
  }

  function start(): QueueEntry {
    isBusy = true
    const started = performance.now()
    let hasLeft = false
    const leave = () => {
      if (hasLeft) return
      hasLeft = true
      isBusy = false
      turnMs += newTurnWeight * (performance.now() - started - turnMs)
      takeNext(lanes)?.settle()
      tellPlaces(lanes)
    }
    return { ok: true, leave }
  }

  function wait(entering: Entering): Promise<QueueEntry> {
    const { user = '', signal } = entering
    return new Promise((resolve) => {
      const cancel = () => waiter.settle('cancelled')
      const timer = setTimeout(() => waiter.settle('waited'), waitMs)
      const waiter: Waiter = {
        ...entering,
        place: 0,
        settle: (refusal) => {
          clearTimeout(timer)
          signal?.removeEventListener('abort', cancel)
          removeFrom(lanes, user, waiter)
          resolve(refusal ? refuse(refusal) : start())
          tellPlaces(lanes)
        },
      }
      signal?.addEventListener('abort', cancel, { once: true })
      lanes.set(user, [...(lanes.get(user) ?? []), waiter])
      tellPlaces(lanes)
    })
  }

  return {
    waiting,
    isFull,
    enter: async (entering) => {
      const { user, signal } = entering
      if (signal?.aborted) return refuse('cancelled')
      if (!isBusy) return start()
      const own = lanes.get(user ?? '')?.length ?? 0
      if (user !== undefined && own >= Math.ceil(queued / 2)) return refuse('own_full')
      return isFull() ? refuse('full') : wait(entering)
    },
  }
}

/** The lane that was served goes behind the others. */
function takeNext(lanes: Map<string, Waiter[]>): Waiter | undefined {
  const [next] = lanes
  if (!next) return undefined
  const [user, lane] = next
  lanes.delete(user)
  lanes.set(user, lane)
  return lane[0]
}

function removeFrom(lanes: Map<string, Waiter[]>, user: string, waiter: Waiter): void {
  const rest = (lanes.get(user) ?? []).filter((other) => other !== waiter)
  if (rest.length > 0) lanes.set(user, rest)
  else lanes.delete(user)
}

/** Before the waiter at `depth` of its lane come as many of each lane ahead of it, and one less of the others. */
function tellPlaces(lanes: ReadonlyMap<string, readonly Waiter[]>): void {
  const all = [...lanes.values()]
  for (const [laneAt, lane] of all.entries()) {
    for (const [depth, waiter] of lane.entries()) {
      const before = all.map((other, at) => Math.min(other.length, depth + (at < laneAt ? 1 : 0)))
      const place = 1 + before.reduce((sum, count) => sum + count, 0)
      if (place === waiter.place) continue
      waiter.place = place
      waiter.onPlace?.(place)
    }
  }
}
