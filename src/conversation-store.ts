/** What is kept of conversations, in one file: LangGraph's checkpoints, and the app store with the turns. */
import { join } from 'node:path'
import type { Answer } from '../agents/answer.js'
import type { AppStore, Scope, TurnSummary } from '../data/store/app-store.js'
import { openSqliteAppStore } from '../data/store/sqlite-app-store.js'
import { type StoreError, storeErrorOf } from '../data/store/store-error.js'
import { CheckpointStore } from './checkpoint-store.js'
import { answerMaking } from './kept/answer-making.js'

export interface ConversationStore {
  readonly store: AppStore
  readonly checkpointer: CheckpointStore
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
  const store = openSqliteAppStore(path, onNotice)
  const checkpointer = new CheckpointStore(path)
  let failure: StoreError | undefined
  return {
    store,
    checkpointer,
    failure: () => failure,
    keepTurn: async (scope, answer) => {
      failure = await keep(store, checkpointer, scope, answer)
      return failure
    },
    dropSteps: async (scope, conversationId) => {
      const thread = threadOf(scope, conversationId)
      checkpointer.takeFailure(thread)
      try {
        if (await store.hasConversation(scope, conversationId)) checkpointer.keepLastStep(thread)
        else await checkpointer.deleteThread(thread)
      } catch (error) {
        if (!storeErrorOf(error)) throw error
      }
    },
    removeConversation: async (scope, id) => {
      await checkpointer.deleteThread(threadOf(scope, id))
      return store.removeConversation(scope, id)
    },
    close: async () => {
      checkpointer.close()
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
    checkpointer.keepLastStep(thread)
    const turn = { id, conversationId, question, answer: summaryOf(answer) }
    for (const dropped of await store.addTurn(scope, turn)) {
      await checkpointer.deleteThread(threadOf(scope, dropped))
    }
    return checkpointer.takeFailure(thread)
  } catch (error) {
    const failure = storeErrorOf(error)
    if (!failure) throw error
    checkpointer.takeFailure(thread)
    return failure
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
