/** The datasets of a service whose orchestrators are stand-ins: its own, and a demo opened at each first call. */
import { type Datasets, offerDatasets } from '../../src/datasets.js'
import type { Orchestrator } from '../../src/orchestrator.js'
import { type StandInOrchestrator, standInOrchestrator } from './stand-in-orchestrator.js'

export interface StandInDatasets extends Datasets {
  /** The demos that were opened, by name. */
  readonly demos: ReadonlyMap<string, StandInOrchestrator>
}

/** `demo` makes the service's own source one of the demos; `openingMs` is what opening another takes. */
export async function standInDatasets(
  own: Orchestrator = standInOrchestrator(),
  { demo, openingMs = 0 }: { readonly demo?: string; readonly openingMs?: number } = {},
): Promise<StandInDatasets> {
  const demos = new Map<string, StandInOrchestrator>()
  const datasets = await offerDatasets({
    own,
    source: { demo, label: 'sales.duckdb' },
    openDemo: async (name, onProgress) => {
      onProgress('Building the demo', 1, 2)
      if (openingMs > 0) await new Promise((resolve) => setTimeout(resolve, openingMs))
      const opened = standInOrchestrator()
      demos.set(name, opened)
      return opened
    },
  })
  return { ...datasets, demos }
}
