/** What is kept of conversations, in one file or in PostgreSQL: LangGraph's checkpoints, and the app store with the turns. */
import { join } from 'node:path'
import type { Answer } from '../agents/answer.js'
import {
  type AppStore,
  type Scope,
  type TurnSummary,
  usualStoreLimits,
} from '../data/store/app-store.js'
import { openSqliteAppStore } from '../data/store/sqlite-app-store.js'
import { StoreError } from '../data/store/store-error.js'
import { createTurns } from '../data/turns.js'
import type { CheckpointStore } from './checkpoint-store.js'
import { answerMaking } from './kept/answer-making.js'
import { openSqliteCheckpoints } from './sqlite-checkpoints.js'
import { createThreadTurns, type ThreadTurns } from './thread-turns.js'

export interface ConversationStore {
  readonly store: AppStore
  readonly checkpointer: CheckpointStore
  /** A question takes one before it reads what its conversation remembers. */
  readonly turns: ThreadTurns
  /** For sentences: `on this machine`. */
  readonly place: string
  /** Whether a place elsewhere answers. Never rejects. */
  reach?(): Promise<boolean>
  /** Why the last turn was not kept; undefined once one is kept again. */
  failure(): StoreError | undefined
  /** When it resolves, the turn and the steps that led to it are on disk; else it says why they are not. */
  keepTurn(scope: Scope, answer: Answer): Promise<StoreError | undefined>
  /** For a question that ended without a turn: nobody could find, or remove, what its steps left. On a disk that cannot be written they stay. */
  dropSteps(scope: Scope, conversationId: string): Promise<void>
  removeConversation(scope: Scope, id: string): Promise<boolean>
  close(): Promise<void>
}

/** The file in a home. */
export function conversationsPath(home: string): string {
  return join(home, 'conversations.sqlite')
}

/** `:memory:` keeps nothing. Throws `StoreError`; a file that is no sound database is put aside, and a new one begun. */
export function openConversationStore(
  path: string,
  onNotice?: (notice: string) => void,
): ConversationStore {
  const takeTurn = createTurns(1)
  const store = openSqliteAppStore(path, onNotice, usualStoreLimits, takeTurn)
  return joinConversations({
    store,
    checkpointer: openSqliteCheckpoints(path, takeTurn),
    turns: createThreadTurns(),
    place: 'on this machine',
  })
}

type ConversationParts = Pick<
  ConversationStore,
  'store' | 'checkpointer' | 'turns' | 'place' | 'reach'
>

/** Closing it closes both. */
export function joinConversations(parts: ConversationParts): ConversationStore {
  const { store, checkpointer } = parts
  let failure: StoreError | undefined
  return {
    ...parts,
    failure: () => failure,
    keepTurn: async (scope, answer) => {
      failure = await keep(store, checkpointer, scope, answer)
      return failure
    },
    dropSteps: async (scope, conversationId) => {
      const thread = threadOf(scope, conversationId)
      checkpointer.takeFailure(thread)
      try {
        if (await store.hasConversation(scope, conversationId)) {
          await checkpointer.keepLastStep(thread)
        } else await checkpointer.deleteThread(thread)
      } catch (error) {
        if (!(error instanceof StoreError)) throw error
      }
    },
    removeConversation: async (scope, id) => {
      await checkpointer.deleteThread(threadOf(scope, id))
      return store.removeConversation(scope, id)
    },
    close: async () => {
      await checkpointer.close()
      await store.close()
    },
  }
}

/** The checkpointer's name for a conversation; no other user's and no other dataset's can be the same. */
export function threadOf({ owner, dataset }: Scope, conversationId: string): string {
  return JSON.stringify([owner, dataset, conversationId])
}

async function keep(
  store: AppStore,
  checkpointer: CheckpointStore,
  scope: Scope,
  answer: Answer,
): Promise<StoreError | undefined> {
  const { id, conversationId, question } = answer
  const thread = threadOf(scope, conversationId)
  try {
    await checkpointer.keepLastStep(thread)
    const turn = { id, conversationId, question, answer: summaryOf(answer) }
    for (const dropped of await store.addTurn(scope, turn)) {
      await checkpointer.deleteThread(threadOf(scope, dropped))
    }
    return checkpointer.takeFailure(thread)
  } catch (error) {
    if (!(error instanceof StoreError)) throw error
    checkpointer.takeFailure(thread)
    return error
  }
}

function summaryOf(answer: Answer): TurnSummary {
  const { rewrittenQuestion, sql } = answer
  const making = answerMaking(answer)
  if (!answer.ok) {
    const { code, message } = answer.error
    return { ok: false, text: message, errorCode: code, rewrittenQuestion, sql, making }
  }
  const { text, kind, generator, chartKind, rowCount, provenance } = answer
  const made = { generator, chartKind, rowCount, dataVersion: provenance?.dataVersion }
  return { ok: true, text, kind, rewrittenQuestion, sql, ...made, making }
}
