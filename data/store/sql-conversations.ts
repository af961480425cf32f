/** Conversations, their turns and the judgements of their answers, in the store's SQL database. */
import type {
  AppStore,
  Conversation,
  Scope,
  StoreLimits,
  Turn,
  TurnSummary,
  Verdict,
} from './app-store.js'
import { makeRoom } from './make-room.js'
import { type Cell, optionalText, type StoreSql, text } from './store-sql.js'

const maxTitleLength = 80
const usualLimit = 100

type Conversations = Pick<
  AppStore,
  | 'conversations'
  | 'turns'
  | 'findTurn'
  | 'addTurn'
  | 'hasConversation'
  | 'renameConversation'
  | 'removeConversation'
  | 'giveFeedback'
>

export function sqlConversations(store: StoreSql, limits: StoreLimits): Conversations {
  return {
    conversations: async ({ owner, dataset }, { search = '', limit = usualLimit } = {}) => {
      const pattern = `%${search.replace(/[\\%_]/g, '\\$&')}%`
      const found = await store.rows(listSql, owner, dataset, pattern, pattern, limit)
      return found.map(toConversation)
    },
    turns: async ({ owner, dataset }, id) =>
      (await store.rows(`${turnSql} AND conversation = ? ORDER BY rowid`, owner, dataset, id)).map(
        toTurn,
      ),
    findTurn: async ({ owner, dataset }, id) =>
      (await store.rows(`${turnSql} AND id = ?`, owner, dataset, id)).map(toTurn)[0],
    addTurn: (scope, turn) =>
      store.transaction(JSON.stringify(scope), async (within) => {
        await writeTurn(within, scope, turn)
        return makeRoom(within, scope, turn.conversationId, limits)
      }),
    hasConversation: async ({ owner, dataset }, id) => {
      const sql = 'SELECT 1 FROM conversations WHERE owner = ? AND dataset = ? AND id = ?'
      return (await store.rows(sql, owner, dataset, id)).length > 0
    },
    renameConversation: async ({ owner, dataset }, id, title) => {
      const sql = 'UPDATE conversations SET title = ? WHERE owner = ? AND dataset = ? AND id = ?'
      return (await store.change(sql, title, owner, dataset, id)) > 0
    },
    removeConversation: async ({ owner, dataset }, id) => {
      const sql = 'DELETE FROM conversations WHERE owner = ? AND dataset = ? AND id = ?'
      const removed = (await store.change(sql, owner, dataset, id)) > 0
      if (removed) await store.forgetRemoved()
      return removed
    },
    giveFeedback: async ({ owner, dataset }, turnId, { verdict, reason }) => {
      const sql =
        'UPDATE turns SET verdict = ?, reason = ? WHERE owner = ? AND dataset = ? AND id = ?'
      return (await store.change(sql, verdict, reason ?? null, owner, dataset, turnId)) > 0
    },
  }
}

const listSql = `
  SELECT id, title, created_at, updated_at,
    (SELECT count(*) FROM turns t
     WHERE t.owner = c.owner AND t.dataset = c.dataset AND t.conversation = c.id)
  FROM conversations c
  WHERE owner = ? AND dataset = ?
    AND (lower(title) LIKE lower(?) ESCAPE '\\' OR EXISTS (
      SELECT 1 FROM turns t
      WHERE t.owner = c.owner AND t.dataset = c.dataset AND t.conversation = c.id
        AND lower(t.question) LIKE lower(?) ESCAPE '\\'))
  ORDER BY (
    SELECT max(t.rowid) FROM turns t
    WHERE t.owner = c.owner AND t.dataset = c.dataset AND t.conversation = c.id
  ) DESC
  LIMIT ?`

const turnSql = `
  SELECT id, conversation, question, answer, asked_at, verdict, reason
  FROM turns WHERE owner = ? AND dataset = ?`

async function writeTurn(
  store: StoreSql,
  { owner, dataset }: Scope,
  { id, conversationId, question, answer }: Parameters<AppStore['addTurn']>[1],
): Promise<void> {
  const now = new Date().toISOString()
  const title = question.slice(0, maxTitleLength).trim()
  await store.change(
    `INSERT INTO conversations VALUES (?, ?, ?, ?, ?, ?)
     ON CONFLICT (owner, dataset, id) DO UPDATE SET updated_at = excluded.updated_at`,
    ...[owner, dataset, conversationId, title, now, now],
  )
  await store.change(
    `INSERT INTO turns (id, owner, dataset, conversation, question, answer, asked_at)
     VALUES (?, ?, ?, ?, ?, ?, ?)`,
    ...[id, owner, dataset, conversationId, question, JSON.stringify(answer), now],
  )
}

function toConversation([id, title, createdAt, updatedAt, turns]: readonly Cell[]): Conversation {
  return {
    id: text(id),
    title: text(title),
    turns: Number(turns),
    createdAt: text(createdAt),
    updatedAt: text(updatedAt),
  }
}

function toTurn([id, conversation, question, answer, askedAt, ...judged]: readonly Cell[]): Turn {
  const [verdict, reason] = judged.map(optionalText)
  return {
    id: text(id),
    conversationId: text(conversation),
    question: text(question),
    answer: JSON.parse(text(answer)) as TurnSummary,
    askedAt: text(askedAt),
    ...(verdict !== undefined && { feedback: { verdict: verdict as Verdict, reason } }),
  }
}
