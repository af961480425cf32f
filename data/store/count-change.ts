/** Counts the changes of a dataset's handbook, by which others see that theirs is old. */
import type { StoreSql } from './store-sql.js'

/** In the transaction of the change that it counts. */
export async function countChange(store: StoreSql, dataset: string): Promise<void> {
  const sql = `INSERT INTO handbook_revisions VALUES (?, 1)
    ON CONFLICT (dataset) DO UPDATE SET revision = handbook_revisions.revision + 1`
  await store.change(sql, dataset)
}
