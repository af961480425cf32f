/** What people told of their datasets, in the store's SQL database. */
import { countChange } from './count-change.js'
import type { Description, HandbookStore } from './handbook-store.js'
import { writePair } from './sql-approved-pairs.js'
import { replaceDocuments, sqlDocuments } from './sql-documents.js'
import { sqlTerms, writeTerm } from './sql-terms.js'
import { type Cell, type StoreSql, text } from './store-sql.js'

export function sqlHandbook(store: StoreSql): HandbookStore {
  return {
    revision: async (dataset) => {
      const sql = 'SELECT revision FROM handbook_revisions WHERE dataset = ?'
      return Number((await store.rows(sql, dataset))[0]?.[0] ?? 0)
    },
    descriptions: async (dataset) => (await store.rows(descriptionSql, dataset)).map(toDescription),
    describe: (dataset, description) =>
      store.transaction(dataset, async (within) => {
        await writeDescription(within, dataset, description)
        await countChange(within, dataset)
      }),
    ...sqlDocuments(store),
    ...sqlTerms(store),
    importAll: ({ owner, dataset }, { descriptions, documents, terms, pairs }) =>
      store.transaction(dataset, async (within) => {
        for (const description of descriptions) {
          await writeDescription(within, dataset, description)
        }
        await replaceDocuments(within, dataset, documents)
        for (const term of terms) await writeTerm(within, dataset, term)
        for (const pair of pairs) await writePair(within, { owner, dataset }, pair)
        await countChange(within, dataset)
      }),
  }
}

const descriptionSql = `
  SELECT table_name, column_name, text, changed_by, changed_at FROM descriptions
  WHERE dataset = ? ORDER BY table_name, column_name`

async function writeDescription(
  store: StoreSql,
  dataset: string,
  { table, column = '', text: written, changedBy }: Omit<Description, 'changedAt'>,
): Promise<void> {
  if (written === '') {
    const sql = 'DELETE FROM descriptions WHERE dataset = ? AND table_name = ? AND column_name = ?'
    await store.change(sql, dataset, table, column)
    return
  }
  const cells = [dataset, table, column, written, changedBy, new Date().toISOString()]
  await store.change(insertSql, ...cells)
}

const insertSql = `INSERT INTO descriptions VALUES (?, ?, ?, ?, ?, ?)
  ON CONFLICT (dataset, table_name, column_name) DO UPDATE SET text = excluded.text,
    changed_by = excluded.changed_by, changed_at = excluded.changed_at`

function toDescription([table, column, ...rest]: readonly Cell[]): Description {
  const [written, changedBy, changedAt] = rest.map(text)
  return {
    table: text(table),
    ...(column !== '' && { column: text(column) }),
    text: written ?? '',
    changedBy: changedBy ?? '',
    changedAt: changedAt ?? '',
  }
}
