/** One signal from several, for work that ends before they do. */
import { setMaxListeners } from 'node:events'

export interface JoinedSignal {
  /** Aborted with the reason of the first that is. */
  readonly signal: AbortSignal
  /** Leaves nothing on the signals; to be called when the work has ended. */
  release(): void
}

/** In place of `AbortSignal.any`, which on Node 20 leaves a little on each signal that outlives it, for ever. */
export function joinSignals(signals: readonly (AbortSignal | undefined)[]): JoinedSignal {
  const joined = new AbortController()
  const present = signals.filter((signal) => signal !== undefined)
  const follow = ({ target }: Event) => joined.abort((target as AbortSignal).reason)
  for (const signal of present) {
    // One for each piece of work under way: more than ten are no leak to warn of.
    setMaxListeners(0, signal)
    if (signal.aborted) joined.abort(signal.reason)
    else signal.addEventListener('abort', follow, { once: true })
  }
  return {
    signal: joined.signal,
    release: () => {
      for (const signal of present) signal.removeEventListener('abort', follow)
    },
  }
}
