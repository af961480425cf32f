/** The longest that one question may take in all, whatever it is that takes long. */
import type { Answer } from '../agents/answer.js'

export interface RequestDeadline {
  /** Aborted when the time is over. */
  readonly signal: AbortSignal
  /** Milliseconds since 1970. */
  readonly endsAt: number
  /** What the time stopped was not cancelled by anybody. */
  judge(answer: Answer): Answer
  end(): void
}

export function startDeadline(limitMs: number): RequestDeadline {
  const over = new AbortController()
  const timer = setTimeout(() => over.abort(), limitMs).unref()
  return {
    signal: over.signal,
    endsAt: Date.now() + limitMs,
    judge: (answer) => {
      if (answer.ok || answer.error.code !== 'cancelled' || !over.signal.aborted) return answer
      const message = `The answer was not there within ${limitMs / 1000} s.`
      const hints = ['Ask for less at once, or ask again when there is less to do.']
      return { ...answer, error: { ...answer.error, code: 'deadline', message, hints } }
    },
    end: () => clearTimeout(timer),
  }
}
