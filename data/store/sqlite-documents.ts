/** Documents that people gave about their datasets, in the store's SQLite file. */
import { randomUUID } from 'node:crypto'
import type { HandbookDocument, HandbookStore, NewDocument } from './handbook-store.js'
import { type Cell, change, rowsOf, text } from './sqlite-rows.js'
import { inTransaction, type StoreFile } from './store-file.js'

type Documents = Pick<
  HandbookStore,
  'documents' | 'addDocument' | 'changeDocument' | 'removeDocument'
>

export function sqliteDocuments(file: StoreFile): Documents {
  return {
    documents: async (dataset) =>
      rowsOf(file, `${documentSql} ORDER BY title, rowid`, dataset).map(toDocument),
    addDocument: async (dataset, document, most = Number.POSITIVE_INFINITY) =>
      inTransaction(file, () => {
        const count = rowsOf(file, 'SELECT count(*) FROM documents WHERE dataset = ?', dataset)
        return Number(count[0]?.[0]) < most ? insert(file, dataset, document) : undefined
      }),
    changeDocument: async (dataset, id, { title, text: written, changedBy }) =>
      inTransaction(file, () => {
        const sql = `UPDATE documents SET title = ?, text = ?, changed_by = ?, changed_at = ?
          WHERE dataset = ? AND id = ?`
        const changedAt = new Date().toISOString()
        const changed = change(file, sql, title, written, changedBy, changedAt, dataset, id)
        if (changed === 0) return undefined
        countChange(file, dataset)
        return rowsOf(file, `${documentSql} AND id = ?`, dataset, id).map(toDocument)[0]
      }),
    removeDocument: async (dataset, id) =>
      inTransaction(file, () => {
        const sql = 'DELETE FROM documents WHERE dataset = ? AND id = ?'
        const removed = change(file, sql, dataset, id) > 0
        if (removed) countChange(file, dataset)
        return removed
      }),
  }
}

/** In the transaction of an import. Several of one title stay several. */
export function replaceDocuments(
  file: StoreFile,
  dataset: string,
  documents: readonly NewDocument[],
): void {
  for (const { title } of documents) {
    change(file, 'DELETE FROM documents WHERE dataset = ? AND title = ?', dataset, title)
  }
  for (const document of documents) insert(file, dataset, document)
}

/** In the transaction of the change that it counts. */
export function countChange(file: StoreFile, dataset: string): void {
  const sql = `INSERT INTO handbook_revisions VALUES (?, 1)
    ON CONFLICT DO UPDATE SET revision = revision + 1`
  change(file, sql, dataset)
}

function insert(file: StoreFile, dataset: string, document: NewDocument): HandbookDocument {
  const kept = { id: randomUUID(), ...document, changedAt: new Date().toISOString() }
  const cells = [kept.id, dataset, kept.title, kept.text, kept.changedBy, kept.changedAt]
  change(file, 'INSERT INTO documents VALUES (?, ?, ?, ?, ?, ?)', ...cells)
  countChange(file, dataset)
  return kept
}

const documentSql = `
  SELECT id, title, text, changed_by, changed_at FROM documents WHERE dataset = ?`

function toDocument(cells: readonly Cell[]): HandbookDocument {
  const [id = '', title = '', written = '', changedBy = '', changedAt = ''] = cells.map(text)
  return { id, title, text: written, changedBy, changedAt }
}
