/** The port for whoever watches questions: metrics, the audit log, traces. None of them changes an answer. */
import type { Answer, Attempt, TraceStep } from '../../agents/answer.js'

/** Who asked, as far as a door knows. */
export interface AskedBy {
  readonly requestId: string
  /** Absent where no key is needed. */
  readonly keyId?: string
  readonly name: string
}

export interface TimedStep {
  readonly step: TraceStep
  /** Milliseconds since 1970. */
  readonly endedAt: number
}

/** One question from the first to the last event. */
export interface WatchedQuestion {
  /** As it was sent; may be long, and hold anything. */
  readonly question: string
  readonly dataset: string
  /** Absent for questions that came through no door, such as the library's. */
  readonly askedBy?: AskedBy
  /** Milliseconds since 1970. */
  readonly startedAt: number
  readonly endedAt: number
  readonly steps: readonly TimedStep[]
  /** Tokens that a model wrote. */
  readonly tokens: number
  /** Absent where an error that nobody expected broke it off. */
  readonly answer?: Answer
}

export interface Observer {
  /** A question was begun; `answered` follows. */
  asked?(): void
  answered(question: WatchedQuestion): void
  /** Writes what is still in memory. */
  close(): Promise<void>
}

/** What became of a question, in one word: a kind of answer, or the code of its failure. */
export function outcomeOf({ answer }: Pick<WatchedQuestion, 'answer'>): string {
  if (!answer) return 'internal'
  return answer.ok ? answer.kind : answer.error.code
}

/** SQL that was tried for it. */
export function attemptsOf(answer: Answer | undefined): readonly Attempt[] {
  if (!answer || (answer.ok && answer.kind !== 'data')) return []
  return answer.provenance?.attempts ?? []
}
