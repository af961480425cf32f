/** At most `count` hold a turn; the others wait in the order in which they came, unless their signal tells them not to. */
export function createTurns(
  count: number,
): (signal?: AbortSignal) => Promise<(() => void) | undefined> {
  let free = count
  const waiting = new Set<() => void>()
  const release = () => {
    const [next] = waiting
    if (next) next()
    else free += 1
  }
  /** Undefined when the signal came first. */
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
