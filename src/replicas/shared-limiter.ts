/** Counts requests in PostgreSQL, so that who asks several replicas may not ask more often. */
import { RateLimiterMemory, RateLimiterPostgres } from 'rate-limiter-flexible'
import type { SharedStore } from '../../data/store/postgres/open-shared-store.js'
import { sharedSchema } from '../../data/store/postgres/shared-migrations.js'
import type { OpenRateLimiter } from '../http/rate-limit.js'

/** Of a key that has used up its requests: until then nobody needs to ask PostgreSQL about it. */
const memoryBlockAt = 1

/** While PostgreSQL is away, each replica counts for itself. */
export function sharedLimiter({ pool }: Pick<SharedStore, 'pool'>): OpenRateLimiter {
  return (window) =>
    new RateLimiterPostgres({
      ...window,
      storeClient: pool,
      schemaName: sharedSchema,
      tableName: 'rate_limits',
      tableCreated: true,
      keyPrefix: 'http',
      inMemoryBlockOnConsumed: window.points + memoryBlockAt,
      insuranceLimiter: new RateLimiterMemory(window),
    })
}
