/** Conversations on disk: LangGraph's SQLite checkpointer over one file. */
import { mkdirSync } from 'node:fs'
import { dirname } from 'node:path'
import { SqliteSaver } from '@langchain/langgraph-checkpoint-sqlite'

export interface ConversationStore {
  readonly checkpointer: SqliteSaver
  close(): void
}

export function openConversationStore(path: string): ConversationStore {
  mkdirSync(dirname(path), { recursive: true })
  const checkpointer = SqliteSaver.fromConnString(path)
  return {
    checkpointer,
    close: () => {
      if (!checkpointer.db.open) return
      // Closing alone leaves the newest turns in the write-ahead log beside the file.
      checkpointer.db.pragma('wal_checkpoint(TRUNCATE)')
      checkpointer.db.close()
    },
  }
}
