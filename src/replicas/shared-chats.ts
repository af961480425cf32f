/** Which conversation goes on after which questions, for clients of completions, whose next question may reach another replica. */
import type { SharedStore } from '../../data/store/postgres/open-shared-store.js'
import { optionalText } from '../../data/store/store-sql.js'
import { chatKey, type KnownChats, mostChats } from '../http/openai-routes/known-chats.js'

/** While PostgreSQL is away a chat is asked again from its beginning. */
export function sharedChats({ sql }: Pick<SharedStore, 'sql'>): KnownChats {
  return {
    take: async (chat) => {
      const taking = sql.rows(takeSql, chatKey(chat))
      const [found] = await taking.catch(() => [])
      return optionalText(found?.[0])
    },
    keep: async (chat, conversationId) => {
      const keeping = sql.change(keepSql, chatKey(chat), conversationId)
      await keeping.then(() => sql.change(forgetSql, mostChats)).catch(() => {})
    },
  }
}

const takeSql = 'DELETE FROM known_chats WHERE key = ? RETURNING conversation'
const keepSql = `
  INSERT INTO known_chats VALUES (?, ?)
  ON CONFLICT (key) DO UPDATE SET conversation = excluded.conversation`
/** Numbers are given in order, and few are skipped. */
const forgetSql =
  'DELETE FROM known_chats WHERE rowid <= (SELECT max(rowid) FROM known_chats) - ?::bigint'
