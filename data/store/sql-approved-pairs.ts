/** Approved pairs of question and SQL, in the store's SQL database. */
import { randomUUID } from 'node:crypto'
import type { ApprovedPair, AppStore, NewPair, Scope } from './app-store.js'
import { normaliseQuestion } from './normalise-question.js'
import { type Cell, type StoreSql, text } from './store-sql.js'

/** Usually; beyond these a pair still answers the equal question. */
const maxListed = 1_000

type ApprovedPairs = Pick<
  AppStore,
  'approvedPairs' | 'findApprovedPair' | 'approve' | 'changeApprovedPair' | 'removeApprovedPair'
>

export function sqlApprovedPairs(store: StoreSql): ApprovedPairs {
  return {
    approvedPairs: async ({ owner, dataset }, most = maxListed) => {
      const sql = `${visible} ORDER BY approved_at DESC, rowid DESC LIMIT ?`
      return (await store.rows(sql, dataset, owner, most)).map(toPair)
    },
    findApprovedPair: async ({ owner, dataset }, question) => {
      const sql = `${visible} AND normalised = ? ORDER BY owner = '' LIMIT 1`
      return (await store.rows(sql, dataset, owner, normaliseQuestion(question))).map(toPair)[0]
    },
    approve: (scope, pair) => writePair(store, scope, pair),
    changeApprovedPair: (scope, id, { question, sql }) =>
      store.transaction(scope.dataset, async (within) => {
        const { owner, dataset } = scope
        const [before] = (await within.rows(`${visible} AND id = ?`, dataset, owner, id)).map(
          toPair,
        )
        if (!before) return undefined
        await within.change('DELETE FROM approved_pairs WHERE dataset = ? AND id = ?', dataset, id)
        return writePair(within, scope, { question, sql, shared: before.shared }, id)
      }),
    removeApprovedPair: async ({ owner, dataset }, id) => {
      const sql = 'DELETE FROM approved_pairs WHERE owner = ? AND dataset = ? AND id = ?'
      return (await store.change(sql, owner, dataset, id)) > 0
    },
  }
}

export async function writePair(
  store: StoreSql,
  { owner, dataset }: Scope,
  { question, sql, shared = owner === '' }: NewPair,
  id: string = randomUUID(),
): Promise<ApprovedPair> {
  const approvedAt = new Date().toISOString()
  const pair = { id, question, sql, shared, approvedBy: owner, approvedAt }
  const cells = [question, normaliseQuestion(question), sql, owner, approvedAt]
  await store.change(insertSql, pair.id, shared ? '' : owner, dataset, ...cells)
  return pair
}

const visible = `
  SELECT id, question, sql, owner, approved_by, approved_at FROM approved_pairs
  WHERE dataset = ? AND owner IN (?, '')`

const insertSql = `
  INSERT INTO approved_pairs (id, owner, dataset, question, normalised, sql, approved_by, approved_at)
  VALUES (?, ?, ?, ?, ?, ?, ?, ?)
  ON CONFLICT (dataset, normalised, owner) DO UPDATE SET
    id = excluded.id, question = excluded.question, sql = excluded.sql,
    approved_by = excluded.approved_by, approved_at = excluded.approved_at`

function toPair([id, question, sql, owner, approvedBy, approvedAt]: readonly Cell[]): ApprovedPair {
  return {
    id: text(id),
    question: text(question),
    sql: text(sql),
    shared: owner === '',
    approvedBy: text(approvedBy),
    approvedAt: text(approvedAt),
  }
}
