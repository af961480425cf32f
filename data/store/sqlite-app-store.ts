/** The app store on one SQLite file, shared with LangGraph's checkpoints. */
import { createTurns, type TakeTurn } from '../turns.js'
import { type AppStore, type StoreLimits, usualStoreLimits } from './app-store.js'
import { sqlAppStore } from './sql-app-store.js'
import { sqliteStoreSql } from './sqlite-store-sql.js'
import { openStoreFile } from './store-file.js'

/** `takeTurn` is shared with who else writes the file in this process. `:memory:` keeps nothing. Throws `StoreError`; a damaged file is put aside and said. */
export function openSqliteAppStore(
  path: string,
  onNotice?: (notice: string) => void,
  limits: StoreLimits = usualStoreLimits,
  takeTurn: TakeTurn = createTurns(1),
): AppStore {
  const store = sqliteStoreSql(openStoreFile(path, 'FULL', onNotice), takeTurn)
  return { ...sqlAppStore(store, limits), close: store.close }
}
