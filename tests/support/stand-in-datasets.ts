/** The datasets of a service whose orchestrators are stand-ins: its own, and a demo opened at each first call. */
import { type AddedDatasets, additionError } from '../../src/added/added-datasets.js'
import { type Datasets, offerDatasets } from '../../src/datasets.js'
import type { Orchestrator } from '../../src/orchestrator.js'
import { type StandInOrchestrator, standInOrchestrator } from './stand-in-orchestrator.js'

export interface StandInDatasets extends Datasets {
  /** The demos that were opened, by name. */
  readonly demos: ReadonlyMap<string, StandInOrchestrator>
}

/** `demo` makes the service's own source one of the demos; another is open once `opening` is over. */
export async function standInDatasets(
  own: Orchestrator = standInOrchestrator(),
  { demo, opening }: { readonly demo?: string; readonly opening?: () => Promise<void> } = {},
): Promise<StandInDatasets> {
  const demos = new Map<string, StandInOrchestrator>()
  const datasets = await offerDatasets({
    own,
    source: { demo, label: 'sales.duckdb' },
    openDemo: async (name, onProgress) => {
      onProgress('Building the demo', 1, 2)
      await opening?.()
      const opened = standInOrchestrator()
      demos.set(name, opened)
      return opened
    },
  })
  return { ...datasets, demos, added: nothingAdded }
}

const nothingAdded: AddedDatasets = {
  accepts: {
    maxBytes: 1_000,
    tableEndings: ['.csv'],
    databaseEndings: ['.duckdb'],
    schemes: ['postgres'],
  },
  receive: () => Promise.reject(additionError('busy', 'The stand-in takes no files.')),
  connect: () => Promise.reject(additionError('busy', 'The stand-in asks no servers.')),
  remove: async () => false,
}
