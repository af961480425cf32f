/** What running kept SQL again takes: where it is kept, for whom, and the data as that user may see it. */
import type { Database } from '../../data/database.js'
import type { Scope } from '../../data/store/app-store.js'
import type { ServiceLimits } from '../service-limits.js'
import type { Services } from '../services.js'

export interface KeptSources extends Pick<Services, 'conversations' | 'catalog'> {
  readonly scope: Scope
  /** Where files are made. */
  readonly exportFolder: string
  readonly database: Pick<Database, 'dialect' | 'query' | 'readAll' | 'version'>
  /** The engine's own hold where none are given. */
  readonly limits?: Pick<ServiceLimits, 'queryMs'>
}
