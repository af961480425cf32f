/** LangGraph's checkpoints in the store's SQLite file. */
import { SqliteSaver } from '@langchain/langgraph-checkpoint-sqlite'
import { storeErrorOf } from '../data/store/store-error.js'
import {
  closeStoreFile,
  inTransaction,
  openStoreFile,
  type StoreFile,
} from '../data/store/store-file.js'
import { createTurns, inTurn, type TakeTurn } from '../data/turns.js'
import { CheckpointStore } from './checkpoint-store.js'

/** `takeTurn` is shared with who else writes the file in this process. Throws `StoreError`. `NORMAL`: the turn that follows the last checkpoint waits for the disk, and has it write both. */
export function openSqliteCheckpoints(
  path: string,
  takeTurn: TakeTurn = createTurns(1),
): CheckpointStore {
  const file = openStoreFile(path, 'NORMAL')
  return new CheckpointStore({
    saver: writingInTurn(saverOn(file), takeTurn),
    keepLastStep: (thread) => inTurn(takeTurn, () => keepLastStep(file, thread)),
    failureOf: storeErrorOf,
    close: () => inTurn(takeTurn, () => closeStoreFile(file)),
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

/** On a connection of its own SQLite would wait for the app store's transaction, and with it this process, which is to end that. */
function writingInTurn(saver: SqliteSaver, takeTurn: TakeTurn): SqliteSaver {
  const write =
    <Given extends readonly unknown[], Result>(work: (...given: Given) => Promise<Result>) =>
    (...given: Given) =>
      inTurn(takeTurn, () => work.apply(saver, given as never))
  const { put, putWrites, deleteThread } = saver
  return Object.assign(saver, {
    put: write(put),
    putWrites: write(putWrites),
    deleteThread: write(deleteThread),
  })
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
