/** LangGraph's checkpoints in the store's SQLite file. */
import { SqliteSaver } from '@langchain/langgraph-checkpoint-sqlite'
import { storeErrorOf } from '../data/store/store-error.js'
import {
  closeStoreFile,
  inTransaction,
  openStoreFile,
  type StoreFile,
} from '../data/store/store-file.js'
import { CheckpointStore } from './checkpoint-store.js'

/** Throws `StoreError`. `NORMAL`: the turn that follows the last checkpoint waits for the disk, and has it write both. */
export function openSqliteCheckpoints(path: string): CheckpointStore {
  const file = openStoreFile(path, 'NORMAL')
  return new CheckpointStore({
    saver: saverOn(file),
    keepLastStep: async (thread) => keepLastStep(file, thread),
    failureOf: storeErrorOf,
    close: async () => closeStoreFile(file),
  })
}

function saverOn(file: StoreFile): SqliteSaver {
  const saver = new SqliteSaver(withSafeTransactions(file) as never)
  try {
    // Its types hide what makes its tables; whether that can be done is to be known before the first question.
    const { setup } = saver as unknown as { readonly setup: () => void }
    setup.call(saver)
    return saver
  } catch (error) {
    file.close()
    throw storeErrorOf(error) ?? error
  }
}

function keepLastStep(file: StoreFile, thread: string): void {
  const newest = '(SELECT max(checkpoint_id) FROM checkpoints WHERE thread_id = ?)'
  inTransaction(file, () => {
    for (const table of ['checkpoints', 'writes']) {
      const sql = `DELETE FROM ${table} WHERE thread_id = ? AND checkpoint_id < ${newest}`
      file.prepare(sql).run(thread, thread)
    }
  })
}

/** The library's own transactions hide a full disk behind the failure to roll back what the engine has rolled back itself. */
function withSafeTransactions(file: StoreFile): object {
  const transaction =
    (work: (...given: readonly unknown[]) => unknown) =>
    (...given: readonly unknown[]) =>
      inTransaction(file, () => work(...given))
  return Object.assign(file, { transaction })
}
