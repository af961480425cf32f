/** What people told of their datasets, in the store's SQLite file. */
import type { Description, HandbookStore } from './handbook-store.js'
import { writePair } from './sqlite-approved-pairs.js'
import { countChange, replaceDocuments, sqliteDocuments } from './sqlite-documents.js'
import { type Cell, change, rowsOf, text } from './sqlite-rows.js'
import { sqliteTerms, writeTerm } from './sqlite-terms.js'
import { inTransaction, type StoreFile } from './store-file.js'

export function sqliteHandbook(file: StoreFile): HandbookStore {
  return {
    revision: async (dataset) => {
      const sql = 'SELECT revision FROM handbook_revisions WHERE dataset = ?'
      return Number(rowsOf(file, sql, dataset)[0]?.[0] ?? 0)
    },
    descriptions: async (dataset) => rowsOf(file, descriptionSql, dataset).map(toDescription),
    describe: async (dataset, description) =>
      inTransaction(file, () => {
        writeDescription(file, dataset, description)
        countChange(file, dataset)
      }),
    ...sqliteDocuments(file),
    ...sqliteTerms(file),
    importAll: async ({ owner, dataset }, { descriptions, documents, terms, pairs }) =>
      inTransaction(file, () => {
        for (const description of descriptions) writeDescription(file, dataset, description)
        replaceDocuments(file, dataset, documents)
        for (const term of terms) writeTerm(file, dataset, term)
        for (const pair of pairs) writePair(file, { owner, dataset }, pair)
        countChange(file, dataset)
      }),
  }
}

const descriptionSql = `
  SELECT table_name, column_name, text, changed_by, changed_at FROM descriptions
  WHERE dataset = ? ORDER BY table_name, column_name`

function writeDescription(
  file: StoreFile,
  dataset: string,
  { table, column = '', text: written, changedBy }: Omit<Description, 'changedAt'>,
): void {
  if (written === '') {
    const sql = 'DELETE FROM descriptions WHERE dataset = ? AND table_name = ? AND column_name = ?'
    change(file, sql, dataset, table, column)
    return
  }
  const cells = [dataset, table, column, written, changedBy, new Date().toISOString()]
  change(file, 'INSERT OR REPLACE INTO descriptions VALUES (?, ?, ?, ?, ?, ?)', ...cells)
}

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
