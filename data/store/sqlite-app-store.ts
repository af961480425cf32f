/** The app store on one SQLite file, shared with LangGraph's checkpoints. */
import type { AppStore } from './app-store.js'
import { sqliteApprovedPairs } from './sqlite-approved-pairs.js'
import { sqliteCards } from './sqlite-cards.js'
import { sqliteConversations } from './sqlite-conversations.js'
import { sqliteHandbook } from './sqlite-handbook.js'
import { closeStoreFile, openStoreFile } from './store-file.js'

/** `:memory:` keeps nothing. Throws `StoreError`; a damaged file is put aside and said. */
export function openSqliteAppStore(path: string, onNotice?: (notice: string) => void): AppStore {
  const file = openStoreFile(path, 'FULL', onNotice)
  return {
    ...sqliteConversations(file),
    ...sqliteApprovedPairs(file),
    ...sqliteCards(file),
    handbook: sqliteHandbook(file),
    close: async () => closeStoreFile(file),
  }
}
