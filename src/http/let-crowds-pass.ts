/** Has questions begin once a crowd has been turned away: to hear that there is no room takes less than to understand one question. */
import { setImmediate as nextRound, setTimeout as wait } from 'node:timers/promises'

/** A crowd is over when nobody was turned away for so long. */
const quietMs = 20
/** Of one crowd; who goes on coming holds up nobody any more. */
const longestMs = 500
/** Who is turned away after this time without any is another crowd. */
const pauseMs = 5_000

export interface Crowds {
  /** Somebody was turned away. */
  turnedAway(): void
  /** Resolves once who has come meanwhile was heard, and a crowd that has just begun is over. */
  passed(): Promise<void>
}

export function letCrowdsPass(now: () => number = () => performance.now()): Crowds {
  let began = Number.NEGATIVE_INFINITY
  let last = Number.NEGATIVE_INFINITY
  const isPassing = () => now() - last < quietMs && now() - began < longestMs
  return {
    turnedAway: () => {
      const time = now()
      if (time - last > pauseMs) began = time
      last = time
    },
    passed: async () => {
      await nextRound()
      while (isPassing()) await wait(quietMs)
    },
  }
}
