/** Asks a writer for drafts, several at a time where that takes long, and hands them on in their order. */
import type { Draft } from './pair.js'
import type { PairWriter } from './pair-writer.js'
import type { Shard } from './shard.js'

export interface DraftOrder {
  readonly writer: PairWriter
  /** Drafts are looked at up to this number. */
  readonly most: number
  /** Those before it were looked at by an earlier run. */
  readonly from: number
  readonly shard?: Shard
  readonly signal: AbortSignal
  /** Whether no draft of this number or behind it is worth asking for. */
  readonly isOver?: (number: number) => boolean
  /** Whether what so many drafts usually bring would do: no more are asked for ahead. */
  readonly suffices?: (pending: number) => boolean
}

export interface NumberedDrafts {
  readonly number: number
  readonly drafts: readonly Draft[]
}

/** What is left when nobody listens any more is broken off. Ends quietly when the signal is aborted. */
export async function* draftsInOrder(order: DraftOrder): AsyncGenerator<NumberedDrafts> {
  const { writer, most, from, signal, isOver, suffices } = order
  const leaving = new AbortController()
  const both = AbortSignal.any([signal, leaving.signal])
  const pending: { readonly number: number; readonly drafts: Promise<readonly Draft[]> }[] = []
  let next = writer.ahead === undefined ? 0 : from
  const goesOn = () => next < most && !signal.aborted && !writer.ended?.() && !isOver?.(next)
  const askAhead = () => {
    const wantsMore = () => pending.length === 0 || !suffices?.(pending.length)
    while (pending.length < (writer.ahead ?? 1) && goesOn() && wantsMore()) {
      const number = next++
      if (!isAsked(number, order)) continue
      const drafts = writer.draft(number, both)
      drafts.catch(() => undefined)
      pending.push({ number, drafts })
    }
  }
  try {
    for (;;) {
      askAhead()
      const first = pending.shift()
      if (!first || signal.aborted) return
      yield { number: first.number, drafts: await unlessAborted(first.drafts, signal) }
    }
  } finally {
    leaving.abort()
    await Promise.allSettled(pending.map(({ drafts }) => drafts))
  }
}

function isAsked(number: number, { writer, shard }: DraftOrder): boolean {
  return writer.ahead === undefined || !shard || number % shard.of === shard.index - 1
}

async function unlessAborted(
  drafts: Promise<readonly Draft[]>,
  signal: AbortSignal,
): Promise<readonly Draft[]> {
  try {
    return await drafts
  } catch (error) {
    if (signal.aborted) return []
    throw error
  }
}
