/** The models elsewhere that can write SQL: one slot for each generator, with its usage; nothing is asked before a question is. */
import { join } from 'node:path'
import type { Logger } from 'pino'
import type { RemoteSlot } from '../../agents/generators/remote-generator.js'
import type { GeneratorUsage } from '../../agents/sql-generator.js'
import type { Config } from '../config.js'
import { openChosenModels } from './chosen-models.js'
import { type Comparison, openComparison } from './comparison.js'
import { createCustomSlot } from './custom-slot.js'
import type { AddedGenerator } from './langchain-generator.js'
import { createLocalServerSlot } from './local-server-slot.js'
import { localServers } from './local-servers.js'
import { createOpenAiSlot } from './openai-slot.js'
import { serverSlot } from './server-slot.js'
import type { UsageBook } from './usage-book.js'
import { usageFile } from './usage-file.js'
import { openUsageLedger, type UsageLedger } from './usage-ledger.js'

export interface Remotes {
  /** By the name of the generator. */
  readonly slots: ReadonlyMap<string, RemoteSlot>
  /** Where two generators are compared. */
  readonly comparison?: Comparison
  /** Since this process began, by generator. */
  totals(): ReadonlyMap<string, GeneratorUsage>
}

export interface RemoteHooks {
  readonly logger: Logger
  /** What budgets are counted in. Default: a file in the home. */
  readonly book?: UsageBook
  /** Of the program that uses the library. */
  readonly generators?: readonly AddedGenerator[]
}

export function openRemotes(
  config: Config,
  { logger, book, generators = [] }: RemoteHooks,
): Remotes {
  const folder = join(config.home, 'generators')
  const onFailure = (error: unknown) =>
    logger.warn({ event: 'usage_unwritable', err: error }, 'Usage of models cannot be kept.')
  const ledger = openUsageLedger({
    book: book ?? usageFile(folder),
    onFailure,
  })
  const parts = { config, ledger, chosen: openChosenModels(folder) }
  return {
    slots: new Map<string, RemoteSlot>([
      ['openai', createOpenAiSlot(config, ledger)],
      ['custom', createCustomSlot(config, ledger)],
      ...localServers.map((server) => [server.name, createLocalServerSlot(server, parts)] as const),
      ...generators.map((added) => [added.name, addedSlot(added, ledger)] as const),
    ]),
    comparison: comparisonOf(config, onFailure),
    totals: ledger.totals,
  }
}

function addedSlot({ name, model, told }: AddedGenerator, ledger: UsageLedger): RemoteSlot {
  const meter = ledger.meter(name, { prices: {} })
  return serverSlot({ model, meter, allowance: {}, told, note: () => 'A chat model of LangChain.' })
}

function comparisonOf(
  { home, generator: usual, compare }: Config,
  onFailure: (error: unknown) => void,
): Comparison | undefined {
  return compare && openComparison({ ...compare, home, usual, onFailure })
}
