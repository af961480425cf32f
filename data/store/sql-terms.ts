/** Terms of the business, in the store's SQL database. */
import { randomUUID } from 'node:crypto'
import { countChange } from './count-change.js'
import type { HandbookStore, NewTerm, Term } from './handbook-store.js'
import { normaliseQuestion } from './normalise-question.js'
import { type Cell, type StoreSql, text } from './store-sql.js'

type Terms = Pick<HandbookStore, 'terms' | 'addTerm' | 'changeTerm' | 'removeTerm'>

export function sqlTerms(store: StoreSql): Terms {
  return {
    terms: async (dataset) =>
      (await store.rows(`${termSql} ORDER BY normalised`, dataset)).map(toTerm),
    addTerm: (dataset, term, most = Number.POSITIVE_INFINITY) =>
      store.transaction(dataset, async (within) => {
        const sql = 'SELECT count(*) FROM terms WHERE dataset = ? AND normalised <> ?'
        const others = await within.rows(sql, dataset, normaliseQuestion(term.term))
        if (Number(others[0]?.[0]) >= most) return undefined
        await countChange(within, dataset)
        return writeTerm(within, dataset, term)
      }),
    changeTerm: (dataset, id, term) =>
      store.transaction(dataset, async (within) => {
        if (!(await remove(within, dataset, id))) return undefined
        await countChange(within, dataset)
        return writeTerm(within, dataset, term, id)
      }),
    removeTerm: (dataset, id) =>
      store.transaction(dataset, async (within) => {
        const removed = await remove(within, dataset, id)
        if (removed) await countChange(within, dataset)
        return removed
      }),
  }
}

async function remove(store: StoreSql, dataset: string, id: string): Promise<boolean> {
  return (await store.change('DELETE FROM terms WHERE dataset = ? AND id = ?', dataset, id)) > 0
}

/** In the transaction of the change. */
export async function writeTerm(
  store: StoreSql,
  dataset: string,
  given: NewTerm,
  id: string = randomUUID(),
): Promise<Term> {
  const changedAt = new Date().toISOString()
  const { term, changedBy, ...meaning } = given
  const sql = `INSERT INTO terms VALUES (?, ?, ?, ?, ?, ?, ?)
    ON CONFLICT (dataset, normalised) DO UPDATE SET id = excluded.id, term = excluded.term,
      meaning = excluded.meaning, changed_by = excluded.changed_by, changed_at = excluded.changed_at`
  const cells = [normaliseQuestion(term), JSON.stringify(meaning), changedBy, changedAt]
  await store.change(sql, id, dataset, term, ...cells)
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
