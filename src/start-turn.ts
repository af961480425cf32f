/** What is settled of a question before it is read: its ids, its time, and which of two compared generators it falls to. */
import { randomUUID } from 'node:crypto'
import type { Arm, Comparison } from './generators/comparison.js'
import type { ProcessOptions } from './orchestrator.js'
import type { RequestDeadline } from './request-deadline.js'

export interface Turn {
  readonly ids: { readonly id: string; readonly conversationId: string }
  readonly question: string
  readonly started: number
  readonly endsAt: number
  /** Where two generators are compared and the question names none. */
  readonly arm?: Arm
  readonly generator?: string
}

export function startTurn(
  raw: string,
  { conversationId, generator, isSql }: ProcessOptions,
  { endsAt }: RequestDeadline,
  comparison: Comparison | undefined,
): Turn {
  // The checkpointer takes an empty name for none at all.
  const ids = { id: randomUUID(), conversationId: conversationId || randomUUID() }
  const isOpen = generator === undefined && isSql !== true
  const arm = isOpen ? comparison?.armOf(ids.conversationId) : undefined
  return {
    ids,
    question: raw.slice(0, 500),
    started: performance.now(),
    endsAt,
    arm,
    ...(arm === 'second' && { generator: comparison?.second }),
  }
}
