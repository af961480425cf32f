/** The app store on a SQL database; whoever opened that closes it. */
import type { AppStore, StoreLimits } from './app-store.js'
import { sqlApprovedPairs } from './sql-approved-pairs.js'
import { sqlCards } from './sql-cards.js'
import { sqlConversations } from './sql-conversations.js'
import { sqlHandbook } from './sql-handbook.js'
import type { StoreSql } from './store-sql.js'

export function sqlAppStore(store: StoreSql, limits: StoreLimits): Omit<AppStore, 'close'> {
  return {
    ...sqlConversations(store, limits),
    ...sqlApprovedPairs(store),
    ...sqlCards(store),
    handbook: sqlHandbook(store),
    holdings: async ({ owner, dataset }) => {
      const count = (table: string) =>
        `(SELECT count(*) FROM ${table} WHERE owner = ?1 AND dataset = ?2)`
      const sql = `SELECT ${count('approved_pairs')}, ${count('cards')}`
      const [approvedPairs, cards] = (await store.rows(sql, owner, dataset))[0] ?? []
      return { approvedPairs: Number(approvedPairs), cards: Number(cards) }
    },
  }
}
