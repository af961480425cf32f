/** A user's notebook on the app store: SQL is guarded and bound before it is kept. */
import type { NewPair } from '../data/store/app-store.js'
import type { Approval, Notebook, NotebookFull, UnknownAnswer } from './notebook.js'
import type { Services } from './services.js'

/** Of one user about one dataset: nobody fills the disk. */
export const mostPairs = 5_000
export const mostCards = 500

/** What of the services a notebook is made of. */
export interface NotebookSources extends Pick<Services, 'conversations' | 'scopeOf'> {
  readonly database: Pick<Services['database'], 'explain'>
}

export function createNotebook(
  { conversations, database, scopeOf }: NotebookSources,
  user: string | undefined,
): Notebook {
  const { store } = conversations
  const scope = scopeOf(user)
  const pairOf = async (approval: Approval) => {
    if ('question' in approval) return approval
    const turn = await store.findTurn(scope, approval.answerId)
    const sql = approval.sql ?? turn?.answer.sql
    if (!turn || sql === undefined) return undefined
    const question = turn.answer.rewrittenQuestion ?? turn.question
    return { question, sql, shared: approval.shared }
  }
  /** A pair that takes the place of another needs no room; shared ones fill a place of their own. */
  const pairsFull = async ({ question, shared = scope.owner === '' }: NewPair) => {
    const replaced = await store.findApprovedPair(scope, question)
    if (replaced && replaced.shared === shared) return undefined
    const held = await store.holdings(shared ? { ...scope, owner: '' } : scope)
    return held.approvedPairs < mostPairs ? undefined : full(mostPairs, 'approved pairs')
  }
  const cardsFull = async () =>
    (await store.holdings(scope)).cards < mostCards ? undefined : full(mostCards, 'cards')
  return {
    conversations: (filter) => store.conversations(scope, filter),
    turns: (id) => store.turns(scope, id),
    renameConversation: (id, title) => store.renameConversation(scope, id, title),
    removeConversation: (id) => conversations.removeConversation(scope, id),
    giveFeedback: (answerId, feedback) => store.giveFeedback(scope, answerId, feedback),
    approve: async (approval) => {
      const pair = await pairOf(approval)
      if (!pair) return { ok: false, failure: unknownAnswer }
      const failure = (await pairsFull(pair)) ?? (await database.explain(pair.sql))
      return failure ? { ok: false, failure } : { ok: true, pair: await store.approve(scope, pair) }
    },
    changeApprovedPair: async (id, asked) => {
      const failure = await database.explain(asked.sql)
      if (failure) return { ok: false, failure }
      const pair = await store.changeApprovedPair(scope, id, asked)
      return pair && { ok: true, pair }
    },
    approvedPairs: () => store.approvedPairs(scope),
    removeApprovedPair: (id) => store.removeApprovedPair(scope, id),
    cards: () => store.cards(scope),
    pin: async (card) => {
      const failure = (await cardsFull()) ?? (await database.explain(card.sql))
      return failure ? { ok: false, failure } : { ok: true, card: await store.addCard(scope, card) }
    },
    changeCard: (id, change) => store.changeCard(scope, id, change),
    removeCard: (id) => store.removeCard(scope, id),
  }
}

function full(most: number, what: string): NotebookFull {
  const message = `There are ${most} ${what} about this data, and no more are kept.`
  return { code: 'notebook_full', message, hints: ['Remove some that are not needed any more.'] }
}

const unknownAnswer: UnknownAnswer = {
  code: 'answer_unknown',
  message: 'There is no answer of this id with SQL in it.',
  hints: ['Give the id of an answer to a question about the data.'],
}
