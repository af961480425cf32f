/** Approved pairs of question and SQL, in the store's SQLite file. */
import { randomUUID } from 'node:crypto'
import type { ApprovedPair, AppStore, NewPair, Scope } from './app-store.js'
import { normaliseQuestion } from './normalise-question.js'
import { type Cell, change, rowsOf, text } from './sqlite-rows.js'
import { inTransaction, type StoreFile } from './store-file.js'

/** Usually; beyond these a pair still answers the equal question. */
const maxListed = 1_000

type ApprovedPairs = Pick<
  AppStore,
  'approvedPairs' | 'findApprovedPair' | 'approve' | 'changeApprovedPair' | 'removeApprovedPair'
>

export function sqliteApprovedPairs(file: StoreFile): ApprovedPairs {
  return {
    approvedPairs: async ({ owner, dataset }, most = maxListed) =>
      rowsOf(
        file,
        `${visible} ORDER BY approved_at DESC, rowid DESC LIMIT ${most}`,
        dataset,
        owner,
      ).map(toPair),
    findApprovedPair: async ({ owner, dataset }, question) => {
      const sql = `${visible} AND normalised = ? ORDER BY owner = '' LIMIT 1`
      return rowsOf(file, sql, dataset, owner, normaliseQuestion(question)).map(toPair)[0]
    },
    approve: async (scope, pair) => writePair(file, scope, pair),
    changeApprovedPair: async (scope, id, { question, sql }) =>
      inTransaction(file, () => {
        const { owner, dataset } = scope
        const [before] = rowsOf(file, `${visible} AND id = ?`, dataset, owner, id).map(toPair)
        if (!before) return undefined
        change(file, 'DELETE FROM approved_pairs WHERE dataset = ? AND id = ?', dataset, id)
        return writePair(file, scope, { question, sql, shared: before.shared }, id)
      }),
    removeApprovedPair: async ({ owner, dataset }, id) => {
      const sql = 'DELETE FROM approved_pairs WHERE owner = ? AND dataset = ? AND id = ?'
      return change(file, sql, owner, dataset, id) > 0
    },
  }
}

export function writePair(
  file: StoreFile,
  { owner, dataset }: Scope,
  { question, sql, shared = owner === '' }: NewPair,
  id: string = randomUUID(),
): ApprovedPair {
  const approvedAt = new Date().toISOString()
  const pair = { id, question, sql, shared, approvedBy: owner, approvedAt }
  const cells = [question, normaliseQuestion(question), sql, owner, approvedAt]
  change(file, insertSql, pair.id, shared ? '' : owner, dataset, ...cells)
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
