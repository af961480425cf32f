/** Conversations on disk: LangGraph's SQLite checkpointer over one file. */
import { mkdirSync, renameSync, rmSync } from 'node:fs'
import { dirname } from 'node:path'
import { SqliteSaver } from '@langchain/langgraph-checkpoint-sqlite'

export interface ConversationStore {
  readonly checkpointer: SqliteSaver
  close(): void
}

/** A file that is no database is put aside, and a new one begun. */
export function openConversationStore(
  path: string,
  onNotice?: (notice: string) => void,
): ConversationStore {
  mkdirSync(dirname(path), { recursive: true })
  const checkpointer = openSound(path) ?? startAnew(path, onNotice)
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

/** Opening reads nothing yet; the first read shows whether the file is a database. */
function openSound(path: string): SqliteSaver | undefined {
  const checkpointer = SqliteSaver.fromConnString(path)
  try {
    checkpointer.db.pragma('schema_version')
    return checkpointer
  } catch (error) {
    checkpointer.db.close()
    if (!['SQLITE_NOTADB', 'SQLITE_CORRUPT'].includes(codeOf(error))) throw error
    return undefined
  }
}

function startAnew(path: string, onNotice?: (notice: string) => void): SqliteSaver {
  const aside = `${path}.damaged`
  renameSync(path, aside)
  for (const ending of ['-wal', '-shm']) rmSync(`${path}${ending}`, { force: true })
  onNotice?.(`Earlier conversations cannot be read; their file was put aside as ${aside}.`)
  return SqliteSaver.fromConnString(path)
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : ''
}
