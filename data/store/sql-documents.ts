/** Documents that people gave about their datasets, in the store's SQL database. */
import { randomUUID } from 'node:crypto'
import { countChange } from './count-change.js'
import type { HandbookDocument, HandbookStore, NewDocument } from './handbook-store.js'
import { type Cell, type StoreSql, text } from './store-sql.js'

type Documents = Pick<
  HandbookStore,
  'documents' | 'addDocument' | 'changeDocument' | 'removeDocument'
>

export function sqlDocuments(store: StoreSql): Documents {
  return {
    documents: async (dataset) =>
      (await store.rows(`${documentSql} ORDER BY title, rowid`, dataset)).map(toDocument),
    addDocument: (dataset, document, most = Number.POSITIVE_INFINITY) =>
      store.transaction(dataset, async (within) => {
        const count = await within.rows('SELECT count(*) FROM documents WHERE dataset = ?', dataset)
        return Number(count[0]?.[0]) < most ? insert(within, dataset, document) : undefined
      }),
    changeDocument: (dataset, id, { title, text: written, changedBy }) =>
      store.transaction(dataset, async (within) => {
        const sql = `UPDATE documents SET title = ?, text = ?, changed_by = ?, changed_at = ?
          WHERE dataset = ? AND id = ?`
        const changedAt = new Date().toISOString()
        const cells = [title, written, changedBy, changedAt, dataset, id]
        const changed = await within.change(sql, ...cells)
        if (changed === 0) return undefined
        await countChange(within, dataset)
        return (await within.rows(`${documentSql} AND id = ?`, dataset, id)).map(toDocument)[0]
      }),
    removeDocument: (dataset, id) =>
      store.transaction(dataset, async (within) => {
        const sql = 'DELETE FROM documents WHERE dataset = ? AND id = ?'
        const removed = (await within.change(sql, dataset, id)) > 0
        if (removed) await countChange(within, dataset)
        return removed
      }),
  }
}

/** In the transaction of an import. Several of one title stay several. */
export async function replaceDocuments(
  store: StoreSql,
  dataset: string,
  documents: readonly NewDocument[],
): Promise<void> {
  for (const { title } of documents) {
    await store.change('DELETE FROM documents WHERE dataset = ? AND title = ?', dataset, title)
  }
  for (const document of documents) await insert(store, dataset, document)
}

async function insert(
  store: StoreSql,
  dataset: string,
  document: NewDocument,
): Promise<HandbookDocument> {
  const kept = { id: randomUUID(), ...document, changedAt: new Date().toISOString() }
  const cells = [kept.id, dataset, kept.title, kept.text, kept.changedBy, kept.changedAt]
  await store.change('INSERT INTO documents VALUES (?, ?, ?, ?, ?, ?)', ...cells)
  await countChange(store, dataset)
  return kept
}

const documentSql = `
  SELECT id, title, text, changed_by, changed_at FROM documents WHERE dataset = ?`

function toDocument(cells: readonly Cell[]): HandbookDocument {
  const [id = '', title = '', written = '', changedBy = '', changedAt = ''] = cells.map(text)
  return { id, title, text: written, changedBy, changedAt }
}
