/** The store's SQL on its SQLite file: one statement, or one transaction, after the other. */
import { createTurns } from '../turns.js'
import { change, rowsOf } from './sqlite-rows.js'
import { storeErrorOf } from './store-error.js'
import { closeStoreFile, emptyLog, type StoreFile } from './store-file.js'
import type { StoreSql } from './store-sql.js'

export interface SqliteStoreSql extends StoreSql {
  /** Once what has begun is done; safe to call twice. */
  close(): Promise<void>
}

export function sqliteStoreSql(file: StoreFile): SqliteStoreSql {
  const takeTurn = createTurns(1)
  /** Within a transaction of ours nobody else's statement may run: the file has one connection. */
  const inTurn = async <Result>(work: () => Result | Promise<Result>): Promise<Result> => {
    const release = await takeTurn()
    try {
      return await work()
    } finally {
      release?.()
    }
  }
  return {
    rows: (...asked) => inTurn(() => rowsOf(file, ...asked)),
    change: (...asked) => inTurn(() => change(file, ...asked)),
    transaction: (_, work) => inTurn(() => transact(file, () => work(withinTransaction(file)))),
    forgetRemoved: () => inTurn(() => emptyLog(file)),
    close: () => inTurn(() => closeStoreFile(file)),
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
    // On a full disk the engine may have ended the transaction itself.
    if (file.inTransaction) file.exec('ROLLBACK')
    throw storeErrorOf(error) ?? error
  }
}
