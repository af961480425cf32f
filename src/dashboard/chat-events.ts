/** What the elements of a chat tell it, as events that rise through its root. */
import type { ColumnSwap } from '../../data/join-free/replace-columns.js'
import type { Turn } from './chat/turn-state.js'

/** SQL of the reader's own, for a question that was asked before. */
export interface OwnSql {
  readonly question: string
  readonly sql: string
}

/** A question to ask again, read with other columns. */
export interface Reread {
  readonly question: string
  readonly swaps: readonly ColumnSwap[]
}

interface ChatEvents {
  /** A question to ask as it is. */
  readonly 'parley-ask': string
  /** A question to put into the box, for a topic of its own. */
  readonly 'parley-edit': string
  readonly 'parley-run-sql': OwnSql
  readonly 'parley-reread': Reread
  readonly 'parley-stop': undefined
  readonly 'parley-generator': string
  readonly 'parley-new-topic': boolean
  /** An earlier turn whose rows were read again. */
  readonly 'parley-turn': Turn
}

export type ChatEvent<Name extends keyof ChatEvents> = CustomEvent<ChatEvents[Name]>

export function tell<Name extends keyof ChatEvents>(
  from: EventTarget,
  name: Name,
  ...[detail]: ChatEvents[Name] extends undefined ? [] : [ChatEvents[Name]]
): void {
  from.dispatchEvent(new CustomEvent(name, { detail, bubbles: true }))
}
