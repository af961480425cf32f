/** Terms of the business, in the store's SQLite file. */
import { randomUUID } from 'node:crypto'
import type { HandbookStore, NewTerm, Term } from './handbook-store.js'
import { normaliseQuestion } from './normalise-question.js'
import { countChange } from './sqlite-documents.js'
import { type Cell, change, rowsOf, text } from './sqlite-rows.js'
import { inTransaction, type StoreFile } from './store-file.js'

type Terms = Pick<HandbookStore, 'terms' | 'addTerm' | 'changeTerm' | 'removeTerm'>

export function sqliteTerms(file: StoreFile): Terms {
  const remove = (dataset: string, id: string) =>
    change(file, 'DELETE FROM terms WHERE dataset = ? AND id = ?', dataset, id) > 0
  return {
    terms: async (dataset) => rowsOf(file, `${termSql} ORDER BY normalised`, dataset).map(toTerm),
    addTerm: async (dataset, term, most = Number.POSITIVE_INFINITY) =>
      inTransaction(file, () => {
        const sql = 'SELECT count(*) FROM terms WHERE dataset = ? AND normalised <> ?'
        const others = rowsOf(file, sql, dataset, normaliseQuestion(term.term))
        if (Number(others[0]?.[0]) >= most) return undefined
        countChange(file, dataset)
        return writeTerm(file, dataset, term)
      }),
    changeTerm: async (dataset, id, term) =>
      inTransaction(file, () => {
        if (!remove(dataset, id)) return undefined
        countChange(file, dataset)
        return writeTerm(file, dataset, term, id)
      }),
    removeTerm: async (dataset, id) =>
      inTransaction(file, () => {
        const removed = remove(dataset, id)
        if (removed) countChange(file, dataset)
        return removed
      }),
  }
}

/** In the transaction of the change. */
export function writeTerm(
  file: StoreFile,
  dataset: string,
  given: NewTerm,
  id: string = randomUUID(),
): Term {
  const changedAt = new Date().toISOString()
  const { term, changedBy, ...meaning } = given
  const sql = `INSERT INTO terms VALUES (?, ?, ?, ?, ?, ?, ?)
    ON CONFLICT (dataset, normalised) DO UPDATE SET id = excluded.id, term = excluded.term,
      meaning = excluded.meaning, changed_by = excluded.changed_by, changed_at = excluded.changed_at`
  const cells = [normaliseQuestion(term), JSON.stringify(meaning), changedBy, changedAt]
  change(file, sql, id, dataset, term, ...cells)
  return { id, ...given, changedAt }
}

const termSql = 'SELECT id, term, meaning, changed_by, changed_at FROM terms WHERE dataset = ?'

function toTerm([id, term, meaning, changedBy, changedAt]: readonly Cell[]): Term {
  const read = JSON.parse(text(meaning)) as Omit<NewTerm, 'term' | 'changedBy'>
  return {
    id: text(id),
    term: text(term),
    ...read,
    changedBy: text(changedBy),
    changedAt: text(changedAt),
  }
}
