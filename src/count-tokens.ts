/** Adds up what a model read and wrote for one question, from the progress that its events tell. */
import type { AnswerEvent } from '../agents/answer-event.js'

export interface TokenCount {
  see(event: AnswerEvent): void
  written(): number
  /** 0 also where nothing counted them. */
  read(): number
}

/** Progress counts from 1 with each try; the tries are added up. */
export function countTokens(): TokenCount {
  const finished = { written: 0, read: 0 }
  let current = { written: 0, read: 0 }
  return {
    see: (event) => {
      if (event.type !== 'state' || event.progress?.unit !== 'tokens') return
      const { done, read = 0 } = event.progress
      if (done < current.written) {
        finished.written += current.written
        finished.read += current.read
      }
      current = { written: done, read }
    },
    written: () => finished.written + current.written,
    read: () => finished.read + current.read,
  }
}
