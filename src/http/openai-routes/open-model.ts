/** What OpenAI's clients call a model: a generator, asked about the service's own data, or a dataset. */
import type { GeneratorName } from '../../../agents/answer.js'
import type { Datasets } from '../../datasets.js'
import type { Orchestrator } from '../../orchestrator.js'
import type { Caller } from '../caller.js'
import { HttpError } from '../http-error.js'
import { openDataset } from '../open-dataset.js'
import type { Model } from './completion-schemas.js'

export interface OpenedModel {
  readonly orchestrator: Orchestrator
  /** By its name in the list of datasets. */
  readonly dataset: string
  readonly generator?: GeneratorName
}

/** Throws `not_found` for a name that is neither; a generator comes before a dataset of the same name. */
export async function openModel(
  datasets: Datasets,
  name: string,
  caller: Caller,
): Promise<OpenedModel> {
  const usual = await openDataset(datasets, undefined, caller)
  const offered = datasets.list()
  const generator = usual.generators().find((known) => known.name === name)?.name
  if (generator) {
    const dataset = offered.find(({ isDefault }) => isDefault)?.name ?? ''
    return { orchestrator: usual, dataset, generator }
  }
  if (offered.some((dataset) => dataset.name === name)) {
    return { orchestrator: await openDataset(datasets, name, caller), dataset: name }
  }
  throw unknownModel(await listModels(datasets, caller))
}

/** Generators first. */
export async function listModels(datasets: Datasets, caller: Caller): Promise<readonly Model[]> {
  const usual = await openDataset(datasets, undefined, caller)
  const generators = usual
    .generators()
    .filter(({ off }) => !off)
    .map(({ name }) => modelOf(name, 'parley-generator'))
  const taken = new Set(generators.map(({ id }) => id))
  const others = datasets.list().filter(({ name }) => !taken.has(name))
  return [...generators, ...others.map(({ name }) => modelOf(name, 'parley-dataset'))]
}

export function unknownModel(models: readonly Model[]): HttpError {
  return new HttpError('not_found', 'There is no model of that name.', [
    `The models are ${models.map(({ id }) => id).join(', ')}.`,
  ])
}

/** Nothing here is created; clients want a number. */
const startedAt = Math.floor(Date.now() / 1_000)

function modelOf(id: string, owned_by: Model['owned_by']): Model {
  return { id, object: 'model', created: startedAt, owned_by }
}
