/** The models elsewhere that can write SQL: one slot for each generator, with its usage; nothing is asked before a question is. */
import { join } from 'node:path'
import type { Logger } from 'pino'
import type { RemoteSlot } from '../../agents/generators/remote-generator.js'
import type { GeneratorUsage } from '../../agents/sql-generator.js'
import type { Config } from '../config.js'
import { createOpenAiSlot } from './openai-slot.js'
import { openUsageLedger } from './usage-ledger.js'

export interface Remotes {
  /** By the name of the generator. */
  readonly slots: ReadonlyMap<string, RemoteSlot>
  /** Since this process began, by generator. */
  totals(): ReadonlyMap<string, GeneratorUsage>
}

export function openRemotes(config: Config, { logger }: { readonly logger: Logger }): Remotes {
  const ledger = openUsageLedger({
    folder: join(config.home, 'generators'),
    onFailure: (error) =>
      logger.warn({ event: 'usage_unwritable', err: error }, 'Usage of models cannot be kept.'),
  })
  return {
    slots: new Map([['openai', createOpenAiSlot(config, ledger)]]),
    totals: ledger.totals,
  }
}
