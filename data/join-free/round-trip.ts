/** Hand-written SQL made join-free and completed again: what a model that writes it perfectly comes to. */
import type { Catalog } from '../catalog.js'
import { completeJoinFree } from './complete-join-free.js'
import { encodeJoinFree } from './encode-join-free.js'

export type RoundTrip =
  | {
      readonly ok: true
      readonly joinFree: string
      /** Completed, in the catalog's dialect. */
      readonly sql: string
      /** Every catalog table it reads. */
      readonly tables: readonly string[]
    }
  | {
      readonly ok: false
      readonly reason: 'not_encoded' | 'not_completed'
      readonly message: string
    }

export function roundTrip(sql: string, catalog: Catalog): RoundTrip {
  const encoded = encodeJoinFree(sql, catalog)
  if (!encoded.ok) return { ok: false, reason: 'not_encoded', message: encoded.message }
  const completed = completeJoinFree(encoded.joinFree, catalog)
  if (!completed.ok) return { ok: false, reason: 'not_completed', message: completed.message }
  return { ok: true, joinFree: encoded.joinFree, sql: completed.sql, tables: completed.tables }
}
