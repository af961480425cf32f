/** What a service offers to ask about: its source and the demos, or under row policies its source alone. */
import { demoSource } from '../../data/demo/demo-datasets.js'
import { nothingVisible, type RowPolicy } from '../../data/policies/row-policy.js'
import type { OnProgress } from '../../data/progress.js'
import { keepAddedDatasets } from '../added/keep-added-datasets.js'
import type { Config } from '../config.js'
import { joinOrchestrator } from '../create-orchestrator.js'
import { type Datasets, offerDatasets, ownDataset } from '../datasets.js'
import { wholeError } from '../discreet-text.js'
import { SetUpError } from '../index.js'
import { exportFolderOf } from '../kept/create-kept-results.js'
import type { Observers } from '../observe/open-observers.js'
import { offerPolicedDataset, type PolicedData } from '../policed-dataset.js'
import { type PolicyFile, readPolicyFile } from '../row-policies.js'
import { defaultServiceLimits } from '../service-limits.js'
import { openServices, type ServiceHooks, type Services } from '../services.js'

export interface OpenedDatasets {
  readonly datasets: Datasets
  /** Of the service's own source; under row policies they show nothing of it. */
  readonly services: Services
  readonly policyFile?: PolicyFile
}

/** Throws SetUpError. What was given in `hooks` stays its owner's to close. */
export async function openDatasets(
  config: Config,
  hooks: ServiceHooks,
  observers: Pick<Observers, 'watch'>,
): Promise<OpenedDatasets> {
  const policyFile = await policyFileOf(config)
  const own = policyFile ? { ...hooks, policyFile, policy: nothingVisible } : hooks
  const { services, orchestrator } = await openWatched(config, own, observers)
  if (policyFile) {
    const { policies } = policyFile
    const { logger, limits } = hooks
    const datasets = offerPolicedDataset({
      policies,
      nobody: { services, orchestrator },
      running: { limits, exportFolder: exportFolderOf(config) },
      openUnder: openUnderWith(config, hooks, services, observers),
      onCloseFailure: (error) =>
        logger.error({ event: 'close_failed', err: error }, 'The data of a policy did not close.'),
    })
    return { datasets, services, policyFile }
  }
  const datasets = await offerAll(config, hooks, { services, orchestrator }, observers)
  return { datasets, services }
}

/** The service's own source, the demos, and what is added while it runs. */
async function offerAll(
  config: Config,
  hooks: ServiceHooks,
  { services, orchestrator }: PolicedData & { readonly services: Services },
  observers: Pick<Observers, 'watch'>,
): Promise<Datasets> {
  const openBeside = async (source: string, report: OnProgress, name?: string) => {
    const onProgress: OnProgress = (...step) => {
      report(...step)
      hooks.onProgress?.(...step)
    }
    const beside = { ...hooks, onProgress, sharedChroma: chromaOf(services), addedAs: name }
    return (await openWatched({ ...config, source }, beside, observers, name)).orchestrator
  }
  const datasets = await offerDatasets({
    own: orchestrator,
    source: services.source,
    openDemo: (name, onProgress) => openBeside(demoSource(name), onProgress),
  })
  const added = await keepAddedDatasets({
    home: config.home,
    datasets,
    maxBytes: (hooks.limits ?? defaultServiceLimits).uploadBytes,
    openSource: (source, name, onProgress) => openBeside(source, onProgress, name),
    onNotice: (notice) => hooks.logger.warn({ event: 'datasets_damaged' }, notice),
  })
  return { ...datasets, added }
}

async function policyFileOf({ policies }: Config): Promise<PolicyFile | undefined> {
  if (policies === undefined) return undefined
  const read = await readPolicyFile(policies)
  if (!read.ok) throw new SetUpError(read.failure)
  return read.file
}

/** The rows of one policy, with the same source, store, models and Chroma server. */
function openUnderWith(
  config: Config,
  hooks: ServiceHooks,
  shared: Services,
  observers: Pick<Observers, 'watch'>,
): (policy: RowPolicy) => Promise<PolicedData> {
  // Its index is filled unseen, while its user is being answered.
  const beside = { ...hooks, shared, sharedChroma: chromaOf(shared), onProgress: () => {} }
  return (policy) =>
    openWatched(config, { ...beside, policy }, observers).catch((error: unknown) => {
      const event = 'policy_failed'
      hooks.logger.error({ event, err: error }, 'The data of a policy could not be opened.')
      hooks.logger.debug({ event, error: wholeError(error) }, 'The data of a policy stays closed.')
      throw new SetUpError(cannotBeOpened)
    })
}

/** Says nothing of tables or conditions: it goes to the user. */
const cannotBeOpened = {
  code: 'settings_invalid',
  message: 'The data that you may see cannot be opened.',
  hints: ['Whoever runs the service finds the reason in its log at the level debug.'],
} as const

async function openWatched(
  config: Config,
  hooks: ServiceHooks,
  observers: Pick<Observers, 'watch'>,
  name?: string,
) {
  const opened = await openServices(config, hooks)
  if (!opened.ok) throw new SetUpError(opened.failure)
  const { services } = opened
  const dataset = name ?? services.source.demo ?? ownDataset
  const orchestrator = observers.watch(joinOrchestrator(services, config, hooks), dataset)
  return { services, orchestrator }
}

function chromaOf({ knowledge, knowledgeReady }: Services) {
  return async () => {
    await knowledgeReady
    return knowledge.status().chromaUrl
  }
}
