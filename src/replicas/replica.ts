/** What makes a service one of several replicas: the store that they share, and its own line to it. */
import { openSharedStore, type SharedStore } from '../../data/store/postgres/open-shared-store.js'
import { openReplicaLine, type ReplicaLine } from '../../data/store/postgres/replica-line.js'
import { sharedAppStore } from '../../data/store/postgres/shared-app-store.js'
import { type ConversationStore, joinConversations } from '../conversation-store.js'
import { createThreadTurns, type ThreadTurns } from '../thread-turns.js'
import { openSharedCheckpoints } from './shared-checkpoints.js'

export interface Replica extends SharedStore {
  readonly line: ReplicaLine
  /** Of all datasets. */
  readonly turns: ThreadTurns
}

/** Rejects with `StoreError`. */
export async function openReplica(url: string): Promise<Replica> {
  const shared = await openSharedStore(url)
  try {
    const line = await openReplicaLine(shared)
    const close = async () => {
      await line.close()
      await shared.close()
    }
    return { ...shared, line, turns: createThreadTurns(line), close }
  } catch (error) {
    await shared.close()
    throw error
  }
}

/** Closing them closes nothing: the replica is its owner's. Rejects with `StoreError`. */
export async function sharedConversations(replica: Replica): Promise<ConversationStore> {
  const checkpointer = await openSharedCheckpoints(replica)
  return joinConversations({
    store: sharedAppStore(replica),
    checkpointer,
    turns: replica.turns,
    place: `in PostgreSQL, ${replica.label}`,
    reach: () =>
      replica.sql.rows('SELECT 1').then(
        () => true,
        () => false,
      ),
  })
}
