/** A language model that takes its time over one text, and stops when it is told to. */
import { setTimeout as wait } from 'node:timers/promises'
import type { LanguageModel } from '../../models/language-model.js'
import { closedGate } from './gate.js'

export interface SlowModel extends LanguageModel {
  /** How it is going: completions begun, broken off, and the most that ever ran at once. */
  readonly count: { begun: number; stopped: number; atOnce: number }
  /** From now on it takes no time, and what is being written is there. */
  hurry(): void
}

export function slowModel(text: string, takesMs: number): SlowModel {
  const count = { begun: 0, stopped: 0, atOnce: 0 }
  let running = 0
  const { passed, open } = closedGate()
  return {
    name: 'slow',
    fingerprint: 'slow',
    count,
    countTokens: (words) => Math.ceil(words.length / 4),
    complete: async ({ signal }) => {
      count.begun += 1
      running += 1
      count.atOnce = Math.max(count.atOnce, running)
      try {
        await Promise.race([wait(takesMs, undefined, { signal, ref: false }), passed])
        const facts = { tokens: 8, cut: false, elapsedMs: takesMs }
        return { text, ...facts, leastProbability: 0.99, rivalProbability: 0 }
      } catch (error) {
        count.stopped += 1
        throw error
      } finally {
        running -= 1
      }
    },
    hurry: open,
    close: async () => {},
  }
}
