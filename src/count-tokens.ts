/** Adds up what a model wrote for one question, from the progress that its events tell. */
import type { AnswerEvent } from '../agents/answer-event.js'

export interface TokenCount {
  see(event: AnswerEvent): void
  total(): number
}

/** Progress counts from 1 with each try; the tries are added up. */
export function countTokens(): TokenCount {
  let finished = 0
  let current = 0
  return {
    see: (event) => {
      if (event.type !== 'state' || event.progress?.unit !== 'tokens') return
      const { done } = event.progress
      if (done < current) finished += current
      current = done
    },
    total: () => finished + current,
  }
}
