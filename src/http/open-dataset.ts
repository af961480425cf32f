/** The dataset that a request names, opened; without a name the service's own. */
import type { Request } from 'express'
import type { Datasets } from '../datasets.js'
import { withoutPaths } from '../discreet-text.js'
import { SetUpError } from '../index.js'
import type { Orchestrator } from '../orchestrator.js'
import type { Caller } from './caller.js'
import { HttpError } from './http-error.js'

/** For routes that take the name in the address: `?dataset=`. */
export const datasetQuery = {
  dataset: 'Name of a dataset, as /api/v1/datasets lists them; the default one if not given.',
}

/** As far as the caller may see it; without one, nothing of it where row policies hold. Throws `invalid_request` for a name that is none, `not_ready` when the dataset cannot be opened. */
export async function openDataset(
  datasets: Datasets,
  name: string | undefined,
  caller?: Pick<Caller, 'name'>,
): Promise<Orchestrator> {
  try {
    const orchestrator = await datasets.open(name, caller?.name)
    if (orchestrator) return orchestrator
  } catch (error) {
    if (!(error instanceof SetUpError)) throw error
    const hints = error.hints.map(withoutPaths)
    throw new HttpError('not_ready', withoutPaths(error.message), hints, { cause: error })
  }
  const names = datasets.list().map((dataset) => dataset.name)
  throw new HttpError('invalid_request', 'There is no dataset of that name.', [
    `The datasets are ${names.join(', ')}.`,
  ])
}

export function datasetOf({ query }: Request): string | undefined {
  const { dataset } = query
  if (dataset === undefined || typeof dataset === 'string') return dataset
  throw new HttpError('invalid_request', 'dataset is one name.')
}
