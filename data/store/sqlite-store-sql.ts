/** The store's SQL on its SQLite file: one statement, or one transaction, after the other. */
import { inTurn, type TakeTurn } from '../turns.js'
import { change, rowsOf } from './sqlite-rows.js'
import { closeStoreFile, emptyLog, rollBack, type StoreFile } from './store-file.js'
import type { StoreSql } from './store-sql.js'

export interface SqliteStoreSql extends StoreSql {
  /** Once what has begun is done; safe to call twice. */
  close(): Promise<void>
}

/** The turn is one of those who write the file: within a transaction nobody else's statement may run on this connection, or wait on another. */
export function sqliteStoreSql(file: StoreFile, takeTurn: TakeTurn): SqliteStoreSql {
  const own = <Result>(work: () => Result | Promise<Result>) => inTurn(takeTurn, work)
  return {
    rows: (...asked) => own(() => rowsOf(file, ...asked)),
    change: (...asked) => own(() => change(file, ...asked)),
    transaction: (_, work) => own(() => transact(file, () => work(withinTransaction(file)))),
    forgetRemoved: () => own(() => emptyLog(file)),
    close: () => own(() => closeStoreFile(file)),
  }
}

function withinTransaction(file: StoreFile): StoreSql {
  const within: StoreSql = {
    rows: async (...asked) => rowsOf(file, ...asked),
    change: async (...asked) => change(file, ...asked),
    transaction: (_, work) => work(within),
    // The log cannot be emptied before the transaction has ended.
    forgetRemoved: async () => {},
  }
  return within
}

async function transact<Result>(file: StoreFile, work: () => Promise<Result>): Promise<Result> {
  try {
    file.exec('BEGIN IMMEDIATE')
    const result = await work()
    file.exec('COMMIT')
    return result
  } catch (error) {
    throw rollBack(file, error)
  }
}
