/** Has questions begin a few at a time: understanding one keeps this process busy, and others must still be heard. */
import type { AnswerEvent } from '../../agents/answer-event.js'
import { createTurns } from '../../data/turns.js'
import type { Crowds } from './let-crowds-pass.js'

/** While one is understood, the other waits for the engine. */
const atOnce = 2
/** Whoever takes longer waits for something that is not this process. */
const longestTurnMs = 3_000

export type EventSource = (signal: AbortSignal) => AsyncIterable<AnswerEvent>

/** Gives a source whose questions wait, first come first served, until fewer than two others are being understood, and a crowd has passed. */
export function questionTurns(
  crowds: Pick<Crowds, 'passed'>,
): (source: EventSource) => EventSource {
  const takeTurn = createTurns(atOnce)
  return (source) =>
    async function* (signal) {
      const turn = await takeTurn(signal)
      await crowds.passed()
      let isOver = turn === undefined
      const timer = setTimeout(() => release(), longestTurnMs)
      const release = () => {
        clearTimeout(timer)
        if (!isOver) turn?.()
        isOver = true
      }
      try {
        signal.throwIfAborted()
        for await (const event of source(signal)) {
          if (isElsewhere(event)) release()
          yield event
        }
      } finally {
        release()
      }
    }
}

/** From here on the question waits for the model or the engine, for longer than it keeps this process busy. */
function isElsewhere(event: AnswerEvent): boolean {
  if (event.type !== 'state') return false
  return event.queue !== undefined || event.progress !== undefined || event.state === 'executing'
}
