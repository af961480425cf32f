/** The port to what Parley keeps for its users: conversations, judgements, approved pairs of question and SQL, cards. */

import type { HandbookStore } from './handbook-store.js'

/** Whose data it is, and about which dataset; nothing is ever read or changed across either. */
export interface Scope {
  /** A user of the service; empty for whoever sits at the machine. */
  readonly owner: string
  readonly dataset: string
}

export interface Conversation {
  readonly id: string
  readonly title: string
  readonly turns: number
  /** ISO times. */
  readonly createdAt: string
  readonly updatedAt: string
}

/** What is kept of an answer: how it came about, not the rows, which stay where the data is. */
export interface TurnSummary {
  readonly ok: boolean
  readonly text: string
  readonly kind?: string
  readonly rewrittenQuestion?: string
  readonly sql?: string
  readonly generator?: string
  readonly chartKind?: string
  readonly rowCount?: number
  /** Of the data that it was answered from. */
  readonly dataVersion?: string
  readonly errorCode?: string
  /** How it was made, as JSON; the store keeps it as it is. Absent where that was too much, and in older turns. */
  readonly making?: unknown
}

export type Verdict = 'up' | 'down'

export interface Feedback {
  readonly verdict: Verdict
  readonly reason?: string
}

export interface Turn {
  /** The answer's id. */
  readonly id: string
  readonly conversationId: string
  readonly question: string
  readonly answer: TurnSummary
  readonly askedAt: string
  readonly feedback?: Feedback
}

/** A question with the SQL that somebody found right for it. */
export interface ApprovedPair {
  readonly id: string
  readonly question: string
  readonly sql: string
  /** Whether it answers everybody's questions, not its owner's alone; what is approved at the machine itself always does. */
  readonly shared: boolean
  /** The user; empty for whoever sits at the machine. */
  readonly approvedBy: string
  readonly approvedAt: string
}

/** Where a card lies on its board, in units of the board's grid. */
export interface CardLayout {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

export interface Card {
  readonly id: string
  readonly title: string
  readonly question?: string
  readonly sql: string
  readonly chartKind?: string
  readonly layout?: CardLayout
  readonly createdAt: string
}

export interface ConversationFilter {
  /** Only those with these words in their title or a question. */
  readonly search?: string
  readonly limit?: number
}

/** What is kept at most of one owner about one dataset: nobody fills the disk, and lists stay quick. */
export interface StoreLimits {
  readonly conversations: number
  /** Of all conversations together. */
  readonly turns: number
}

export const usualStoreLimits: StoreLimits = { conversations: 1_000, turns: 10_000 }

/** How much one owner has about one dataset; shared pairs are the machine's. */
export interface Holdings {
  readonly approvedPairs: number
  readonly cards: number
}

/** What a method promises is on disk when it resolves. All reject with `StoreError` when the file cannot be used. */
export interface AppStore {
  readonly handbook: HandbookStore
  /** Newest first. */
  conversations(scope: Scope, filter?: ConversationFilter): Promise<readonly Conversation[]>
  /** The turns of one conversation, oldest first; none for one that does not exist. */
  turns(scope: Scope, conversationId: string): Promise<readonly Turn[]>
  findTurn(scope: Scope, turnId: string): Promise<Turn | undefined>
  /**
   * Begins the conversation at its first turn, titled after the question. Gives the ids of the conversations, unused for
   * longest, that made room for it; of one that is too long alone the oldest turns go.
   */
  addTurn(scope: Scope, turn: Omit<Turn, 'feedback' | 'askedAt'>): Promise<readonly string[]>
  hasConversation(scope: Scope, id: string): Promise<boolean>
  /** False when there is no such conversation. */
  renameConversation(scope: Scope, id: string, title: string): Promise<boolean>
  /** With its turns and their feedback; false when there is no such conversation. */
  removeConversation(scope: Scope, id: string): Promise<boolean>
  /** Takes the place of an earlier judgement of the same answer; false when there is no such answer. */
  giveFeedback(scope: Scope, turnId: string, feedback: Feedback): Promise<boolean>
  /** The owner's and the shared ones: the newest thousand unless more are wanted, newest first. */
  approvedPairs(scope: Scope, most?: number): Promise<readonly ApprovedPair[]>
  /** The pair of an equal question, the owner's own before others. */
  findApprovedPair(scope: Scope, question: string): Promise<ApprovedPair | undefined>
  /** Takes the place of an earlier pair with an equal question, the owner's or the shared one. */
  approve(scope: Scope, pair: NewPair): Promise<ApprovedPair>
  /** Of a pair that the owner sees, shared or not, which it stays; an equal other one goes. Undefined when there is none. */
  changeApprovedPair(
    scope: Scope,
    id: string,
    change: PairChange,
  ): Promise<ApprovedPair | undefined>
  /** False when the owner has no such pair; a shared one is the machine's. */
  removeApprovedPair(scope: Scope, id: string): Promise<boolean>
  /** Oldest first. */
  cards(scope: Scope): Promise<readonly Card[]>
  addCard(scope: Scope, card: Omit<Card, 'id' | 'createdAt'>): Promise<Card>
  /** Undefined when the owner has no such card. */
  changeCard(scope: Scope, id: string, change: CardChange): Promise<Card | undefined>
  /** False when the owner has no such card. */
  removeCard(scope: Scope, id: string): Promise<boolean>
  holdings(scope: Scope): Promise<Holdings>
  /** Safe to call twice. */
  close(): Promise<void>
}

export type NewPair = Pick<ApprovedPair, 'question' | 'sql'> & Partial<Pick<ApprovedPair, 'shared'>>

export type PairChange = Pick<ApprovedPair, 'question' | 'sql'>

export type CardChange = Partial<Pick<Card, 'title' | 'chartKind' | 'layout'>>
