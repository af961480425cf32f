/** Undefined when the signal came first; else the turn lasts until what it gives is called. */
export type TakeTurn = (signal?: AbortSignal) => Promise<(() => void) | undefined>

/** At most `count` hold a turn; the others wait in the order in which they came, unless their signal tells them not to. */
export function createTurns(count: number): TakeTurn {
  let free = count
  const waiting = new Set<() => void>()
  const release = () => {
    const [next] = waiting
    if (next) next()
    else free += 1
  }
  return async (signal) => {
    if (signal?.aborted) return undefined
    if (free > 0) {
      free -= 1
      return release
    }
    return new Promise((resolve) => {
      const end = (turn: (() => void) | undefined) => {
        waiting.delete(go)
        signal?.removeEventListener('abort', giveUp)
        resolve(turn)
      }
      const go = () => end(release)
      const giveUp = () => end(undefined)
      waiting.add(go)
      signal?.addEventListener('abort', giveUp, { once: true })
    })
  }
}

/** Waits for a turn, and holds it while the work lasts. */
export async function inTurn<Result>(
  takeTurn: TakeTurn,
  work: () => Result | Promise<Result>,
): Promise<Result> {
  const release = await takeTurn()
  try {
    return await work()
  } finally {
    release?.()
  }
}
