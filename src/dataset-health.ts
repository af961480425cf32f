/** What can be said of every dataset of a service without opening any. */
import type { GeneratorStatus } from '../agents/sql-generator.js'
import type { DatasetStatus } from './dataset-status.js'
import type { Datasets } from './datasets.js'
import type { DataCounts, Health, HealthPart, Orchestrator } from './orchestrator.js'

type Place = Pick<DatasetStatus, 'name' | 'title' | 'isDefault' | 'state' | 'progress'>

export interface DatasetHealth extends Place {
  /** Questions about it can be answered at once; one that is closed is opened by the first. */
  readonly ready: boolean
  /** Absent unless it is open and can be read. */
  readonly data?: DataCounts
  /** Its database and its index, when it is open; the models belong to all datasets. */
  readonly parts: readonly HealthPart[]
}

/** The default dataset, with all parts of the service, and every dataset. */
export interface ServiceHealth extends Health {
  readonly datasets: readonly DatasetHealth[]
}

export interface DatasetGenerators extends Pick<Place, 'name' | 'isDefault' | 'state'> {
  /** None of a dataset that is not open. */
  readonly generators: readonly GeneratorStatus[]
}

const ownParts: readonly HealthPart['name'][] = ['database', 'index']

export function datasetsHealth(
  datasets: Datasets,
  user?: string,
): Promise<readonly DatasetHealth[]> {
  return eachDataset(
    datasets,
    user,
    async ({ name, title, isDefault, state, progress }, opened) => {
      const place = { name, title, isDefault, state, ...(progress && { progress }) }
      if (!opened) return { ...place, ready: false, parts: [] }
      const { ready, data, parts } = await opened.health()
      const own = parts.filter((part) => ownParts.includes(part.name))
      return { ...place, ready, ...(data && { data }), parts: own }
    },
  )
}

export function datasetsGenerators(datasets: Datasets): Promise<readonly DatasetGenerators[]> {
  return eachDataset(datasets, undefined, async ({ name, isDefault, state }, opened) => {
    return { name, isDefault, state, generators: opened?.generators() ?? [] }
  })
}

/** Hands over the orchestrators of those that are open, and opens none. */
function eachDataset<Said>(
  datasets: Datasets,
  user: string | undefined,
  say: (status: DatasetStatus, opened: Orchestrator | undefined) => Promise<Said>,
): Promise<readonly Said[]> {
  const all = datasets.list().map(async (status) => {
    return say(status, status.state === 'open' ? await datasets.open(status.name, user) : undefined)
  })
  return Promise.all(all)
}
