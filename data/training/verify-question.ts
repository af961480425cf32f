/** Keeps a gold question only when its join-free form, completed by code, gives the gold's own result. */
import type { Catalog } from '../catalog.js'
import { compareResults, type Rows } from '../evaluation/compare-results.js'
import { isOrdered } from '../evaluation/order-keys.js'
import { roundTrip } from '../join-free/round-trip.js'

export type Verification =
  | { readonly ok: true; readonly joinFree: string; readonly tables: readonly string[] }
  | {
      readonly ok: false
      readonly reason: 'gold_fails' | 'not_encoded' | 'not_completed' | 'fails' | 'differs'
      readonly message: string
    }

export type RunRows = (
  sql: string,
) => Promise<
  | { readonly ok: true; readonly rows: Rows; readonly truncated: boolean }
  | { readonly ok: false; readonly message: string }
>

/** Two empty results are equal: many public databases hold few rows. */
export async function verifyQuestion(
  gold: string,
  catalog: Catalog,
  run: RunRows,
): Promise<Verification> {
  const said = roundTrip(gold, catalog)
  if (!said.ok) return said
  const wanted = await run(gold)
  if (!wanted.ok) return { ok: false, reason: 'gold_fails', message: wanted.message }
  const found = await run(said.sql)
  if (!found.ok) return { ok: false, reason: 'fails', message: found.message }
  const ordered = isOrdered(gold)
  const equal =
    found.truncated === wanted.truncated && compareResults(found.rows, wanted.rows, { ordered })
  return equal
    ? { ok: true, joinFree: said.joinFree, tables: said.tables }
    : { ok: false, reason: 'differs', message: said.joinFree }
}
