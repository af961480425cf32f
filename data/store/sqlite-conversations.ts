/** Conversations, their turns and the judgements of their answers, in the store's SQLite file. */
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
import { type Cell, change, optionalText, rowsOf, text } from './sqlite-rows.js'
import { emptyLog, inTransaction, type StoreFile } from './store-file.js'

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

export function sqliteConversations(file: StoreFile, limits: StoreLimits): Conversations {
  return {
    conversations: async ({ owner, dataset }, { search = '', limit = usualLimit } = {}) => {
      const pattern = `%${search.replace(/[\\%_]/g, '\\$&')}%`
      const found = rowsOf(file, listSql, owner, dataset, pattern, pattern, limit)
      return found.map(toConversation)
    },
    turns: async ({ owner, dataset }, id) =>
      rowsOf(file, `${turnSql} AND conversation = ? ORDER BY rowid`, owner, dataset, id).map(
        toTurn,
      ),
    findTurn: async ({ owner, dataset }, id) =>
      rowsOf(file, `${turnSql} AND id = ?`, owner, dataset, id).map(toTurn)[0],
    addTurn: async (scope, turn) =>
      inTransaction(file, () => {
        writeTurn(file, scope, turn)
        return makeRoom(file, scope, turn.conversationId, limits)
      }),
    hasConversation: async ({ owner, dataset }, id) => {
      const sql = 'SELECT 1 FROM conversations WHERE owner = ? AND dataset = ? AND id = ?'
      return rowsOf(file, sql, owner, dataset, id).length > 0
    },
    renameConversation: async ({ owner, dataset }, id, title) => {
      const sql = 'UPDATE conversations SET title = ? WHERE owner = ? AND dataset = ? AND id = ?'
      return change(file, sql, title, owner, dataset, id) > 0
    },
    removeConversation: async ({ owner, dataset }, id) => {
      const sql = 'DELETE FROM conversations WHERE owner = ? AND dataset = ? AND id = ?'
      const removed = change(file, sql, owner, dataset, id) > 0
      if (removed) emptyLog(file)
      return removed
    },
    giveFeedback: async ({ owner, dataset }, turnId, { verdict, reason }) => {
      const sql =
        'UPDATE turns SET verdict = ?, reason = ? WHERE owner = ? AND dataset = ? AND id = ?'
      return change(file, sql, verdict, reason ?? null, owner, dataset, turnId) > 0
    },
  }
}

const listSql = `
  SELECT id, title, created_at, updated_at,
    (SELECT count(*) FROM turns t
     WHERE t.owner = c.owner AND t.dataset = c.dataset AND t.conversation = c.id)
  FROM conversations c
  WHERE owner = ? AND dataset = ?
    AND (title LIKE ? ESCAPE '\\' OR EXISTS (
      SELECT 1 FROM turns t
      WHERE t.owner = c.owner AND t.dataset = c.dataset AND t.conversation = c.id
        AND t.question LIKE ? ESCAPE '\\'))
  ORDER BY (
    SELECT max(t.rowid) FROM turns t
    WHERE t.owner = c.owner AND t.dataset = c.dataset AND t.conversation = c.id
  ) DESC
  LIMIT ?`

const turnSql = `
  SELECT id, conversation, question, answer, asked_at, verdict, reason
  FROM turns WHERE owner = ? AND dataset = ?`

function writeTurn(
  file: StoreFile,
  { owner, dataset }: Scope,
  { id, conversationId, question, answer }: Parameters<AppStore['addTurn']>[1],
): void {
  const now = new Date().toISOString()
  const title = question.slice(0, maxTitleLength).trim()
  change(
    file,
    `INSERT INTO conversations VALUES (?, ?, ?, ?, ?, ?)
     ON CONFLICT DO UPDATE SET updated_at = excluded.updated_at`,
    ...[owner, dataset, conversationId, title, now, now],
  )
  change(
    file,
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
