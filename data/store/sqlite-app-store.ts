/** The app store on one SQLite file, shared with LangGraph's checkpoints. */
import { type AppStore, type StoreLimits, usualStoreLimits } from './app-store.js'
import { sqlAppStore } from './sql-app-store.js'
import { sqliteStoreSql } from './sqlite-store-sql.js'
import { openStoreFile } from './store-file.js'

/** `:memory:` keeps nothing. Throws `StoreError`; a damaged file is put aside and said. */
export function openSqliteAppStore(
  path: string,
  onNotice?: (notice: string) => void,
  limits: StoreLimits = usualStoreLimits,
): AppStore {
  const store = sqliteStoreSql(openStoreFile(path, 'FULL', onNotice))
  return { ...sqlAppStore(store, limits), close: store.close }
}
