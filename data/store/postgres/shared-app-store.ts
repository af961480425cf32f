/** The app store in the PostgreSQL database that replicas share; closing it closes nothing, as others use the connections. */
import { type AppStore, type StoreLimits, usualStoreLimits } from '../app-store.js'
import { sqlAppStore } from '../sql-app-store.js'
import type { SharedStore } from './open-shared-store.js'

export function sharedAppStore(
  { sql }: Pick<SharedStore, 'sql'>,
  limits: StoreLimits = usualStoreLimits,
): AppStore {
  return { ...sqlAppStore(sql, limits), close: async () => {} }
}
