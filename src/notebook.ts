/** The port to what is kept about one dataset for one user: earlier conversations, judgements, approved pairs, cards. */
import type { QueryFailure } from '../data/database.js'
import type {
  ApprovedPair,
  Card,
  CardChange,
  Conversation,
  ConversationFilter,
  Feedback,
  PairChange,
  Turn,
} from '../data/store/app-store.js'

/** A question with the SQL that is right for it: given outright, or an answer's, with its own SQL or other. Shared, it is everybody's. */
export type Approval =
  | { readonly question: string; readonly sql: string; readonly shared?: boolean }
  | { readonly answerId: string; readonly sql?: string; readonly shared?: boolean }

export type Approved =
  | { readonly ok: true; readonly pair: ApprovedPair }
  | { readonly ok: false; readonly failure: QueryFailure | UnknownAnswer | NotebookFull }

export type Pinned =
  | { readonly ok: true; readonly card: Card }
  | { readonly ok: false; readonly failure: QueryFailure | NotebookFull }

/** There is no such answer of this user's, or it has no SQL. */
export interface UnknownAnswer {
  readonly code: 'answer_unknown'
  readonly message: string
  readonly hints: readonly string[]
}

/** As many are kept already as there may be. */
export interface NotebookFull {
  readonly code: 'notebook_full'
  readonly message: string
  readonly hints: readonly string[]
}

/** What changes something is on disk when it resolves; all reject with `StoreError` when the store cannot be used. */
export interface Notebook {
  /** Newest first. */
  conversations(filter?: ConversationFilter): Promise<readonly Conversation[]>
  /** Oldest first; none for a conversation that does not exist. */
  turns(conversationId: string): Promise<readonly Turn[]>
  /** False when there is no such conversation; so with the following. */
  renameConversation(id: string, title: string): Promise<boolean>
  removeConversation(id: string): Promise<boolean>
  giveFeedback(answerId: string, feedback: Feedback): Promise<boolean>
  /** Guards and binds the SQL; from then on an equal question is answered by it. */
  approve(approval: Approval): Promise<Approved>
  /** Guarded and bound like a new one; undefined when the user sees no such pair. */
  changeApprovedPair(id: string, change: PairChange): Promise<Approved | undefined>
  approvedPairs(): Promise<readonly ApprovedPair[]>
  removeApprovedPair(id: string): Promise<boolean>
  cards(): Promise<readonly Card[]>
  /** Guards and binds the SQL; it is guarded again whenever the card is drawn. */
  pin(card: Omit<Card, 'id' | 'createdAt'>): Promise<Pinned>
  changeCard(id: string, change: CardChange): Promise<Card | undefined>
  removeCard(id: string): Promise<boolean>
}
