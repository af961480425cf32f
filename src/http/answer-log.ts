/** The port to the events of answers where other replicas find them: a reader that comes back may come back elsewhere. */
import type { AnswerEvent } from '../../agents/answer-event.js'
import type { NumberedEvent } from './answer-stream.js'

/** An answer that this replica or another one makes. */
export interface FollowableAnswer {
  /** Every event after number `after`, waiting for those to come, until the answer or `signal` ends. */
  follow(after: number, signal: AbortSignal): AsyncIterable<NumberedEvent>
  /** Readers that follow it here, now. */
  readonly followers: number
  /** Cancels the answer if it is still being made. */
  close(): void
}

/** What other replicas want of the answers that are made here. */
export interface AnswerCalls {
  cancel(id: string): void
  /** Somebody is reading it there. */
  read(id: string): void
}

/** What is written is written behind the caller's back, in order, for answers that were begun here; what cannot be is not found elsewhere, and that is all. */
export interface AnswerLog {
  begin(id: string, user: string | undefined): void
  add(id: string, event: NumberedEvent): void
  end(id: string): void
  onCalls(calls: AnswerCalls): void
  /** An answer of this user's that another replica makes, or has made within the last minute. */
  find(id: string, user: string | undefined): Promise<FollowableAnswer | undefined>
}

export function failureEvent(message: string, hints: readonly string[] = []): AnswerEvent {
  return { type: 'error', error: { code: 'internal', phase: 'understanding', message, hints } }
}
