/** Drops what an owner has kept for longest, once that is more than is kept of one owner. */
import type { Scope, StoreLimits } from './app-store.js'
import { type StoreSql, text } from './store-sql.js'

/** The conversation `current` stays. Gives the ids of those that went. Within a transaction. */
export async function makeRoom(
  store: StoreSql,
  { owner, dataset }: Scope,
  current: string,
  limits: StoreLimits,
): Promise<readonly string[]> {
  const [conversations, turns] = (await store.rows(countSql, owner, dataset))[0] ?? []
  if (Number(conversations) <= limits.conversations && Number(turns) <= limits.turns) return []
  const bounds = [limits.conversations, limits.turns, current]
  const found = await store.rows(surplusSql, owner, dataset, ...bounds)
  const surplus = found.map(([id]) => text(id))
  for (const id of surplus) {
    const sql = 'DELETE FROM conversations WHERE owner = ? AND dataset = ? AND id = ?'
    await store.change(sql, owner, dataset, id)
  }
  await store.change(longSql, owner, dataset, current, limits.turns)
  return surplus
}

const countSql = `
  SELECT (SELECT count(*) FROM conversations WHERE owner = ?1 AND dataset = ?2),
    (SELECT count(*) FROM turns WHERE owner = ?1 AND dataset = ?2)`

/** Counted from the one that was used last, which has the newest turn; two times of day may be equal. */
const surplusSql = `
  WITH counted AS (
    SELECT c.id, max(t.rowid) AS newest_turn, count(t.rowid) AS turns
    FROM conversations c
    LEFT JOIN turns t ON t.owner = c.owner AND t.dataset = c.dataset AND t.conversation = c.id
    WHERE c.owner = ?1 AND c.dataset = ?2
    GROUP BY c.id
  ), summed AS (
    SELECT id, count(*) OVER newest AS conversations, sum(turns) OVER newest AS turns
    FROM counted
    WINDOW newest AS (ORDER BY id = ?5 DESC, newest_turn DESC ROWS UNBOUNDED PRECEDING)
  )
  SELECT id FROM summed WHERE (conversations > ?3 OR turns > ?4) AND id <> ?5`

/** All but its newest turns. */
const longSql = `
  DELETE FROM turns WHERE rowid IN (
    SELECT rowid FROM turns WHERE owner = ? AND dataset = ? AND conversation = ?
    ORDER BY rowid DESC LIMIT 1000000000 OFFSET ?)`
