/** A statement in Spark's SQL, as the protocol takes it. */
import type { Plan } from './connect-service.js'

export function planOf(query: string): Plan {
  return { root: { common: {}, sql: { query } } }
}
