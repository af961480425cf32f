/** The app store on one SQLite file, shared with LangGraph's checkpoints. */
import { type AppStore, type StoreLimits, usualStoreLimits } from './app-store.js'
import { sqliteApprovedPairs } from './sqlite-approved-pairs.js'
import { sqliteCards } from './sqlite-cards.js'
import { sqliteConversations } from './sqlite-conversations.js'
import { sqliteHandbook } from './sqlite-handbook.js'
import { rowsOf } from './sqlite-rows.js'
import { closeStoreFile, openStoreFile } from './store-file.js'

/** `:memory:` keeps nothing. Throws `StoreError`; a damaged file is put aside and said. */
export function openSqliteAppStore(
  path: string,
  onNotice?: (notice: string) => void,
  limits: StoreLimits = usualStoreLimits,
): AppStore {
  const file = openStoreFile(path, 'FULL', onNotice)
  return {
    ...sqliteConversations(file, limits),
    ...sqliteApprovedPairs(file),
    ...sqliteCards(file),
    handbook: sqliteHandbook(file),
    holdings: async ({ owner, dataset }) => {
      const count = (table: string) =>
        `(SELECT count(*) FROM ${table} WHERE owner = ?1 AND dataset = ?2)`
      const sql = `SELECT ${count('approved_pairs')}, ${count('cards')}`
      const [approvedPairs, cards] = rowsOf(file, sql, owner, dataset)[0] ?? []
      return { approvedPairs: Number(approvedPairs), cards: Number(cards) }
    },
    close: async () => closeStoreFile(file),
  }
}
