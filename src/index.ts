/** The library: `createOrchestrator` and the shapes it speaks in. */
import { policyOf } from '../data/policies/row-policy.js'
import type { OnProgress } from '../data/progress.js'
import type { WeightProgress } from '../models/weights/weight-artefact.js'
import { type Config, readConfig } from './config.js'
import { joinOrchestrator } from './create-orchestrator.js'
import type { AddedGenerator } from './generators/langchain-generator.js'
import { createLogger } from './logger.js'
import type { Models } from './open-models.js'
import type { Orchestrator } from './orchestrator.js'
import { joinReplicas } from './replicas/join-replicas.js'
import { readPolicyFile } from './row-policies.js'
import { openServices, type ServiceHooks } from './services.js'
import { SetUpError } from './set-up-error.js'
import { localUser } from './user-names.js'

export type { Answer } from '../agents/answer.js'
export type { AnswerEvent } from '../agents/answer-event.js'
export type { Levers } from '../agents/generators/local/levers.js'
export type { Catalog } from '../data/catalog.js'
export type { Pair } from '../data/generator/pair.js'
export { readSettings } from '../data/generator/settings/read-settings.js'
export { type Merged, type Merging, mergeShards } from '../data/generator/split/merge-shards.js'
export { type GenerateOptions, generatePairs } from './generate-pairs.js'
export {
  type AddedGenerator,
  type LangChainOptions,
  langChainGenerator,
} from './generators/langchain-generator.js'
export type { Handbook } from './handbook.js'
export type { Notebook } from './notebook.js'
export type { Health, Orchestrator, ProcessOptions } from './orchestrator.js'
export { SetUpError, type SetUpErrorCode } from './set-up-error.js'

/** Settings of the environment (`PARLEY_…`) hold unless given here. */
export interface OrchestratorOptions extends Partial<Config> {
  /** What the returned orchestrator has already: nothing but the data, the index with the small models, or the local model too. Default index. */
  readonly waitFor?: 'data' | 'index' | 'model'
  readonly onProgress?: OnProgress
  readonly onWeights?: (progress: WeightProgress) => void
  /** Models shared with other orchestrators; whoever opened them closes them last. */
  readonly models?: Models
  /** Chat models of LangChain that may write SQL too: `langChainGenerator(model, { name })`. */
  readonly generators?: readonly AddedGenerator[]
  /** Whether conversations survive this process. Default true. */
  readonly keepConversations?: boolean
  /** Who asks: under whose row policy, where there are `policies`, and under whose name things are kept. */
  readonly user?: string
}

/** Opens a source and everything needed to answer questions about it. Throws `SetUpError`. */
export async function createOrchestrator(options: OrchestratorOptions = {}): Promise<Orchestrator> {
  const {
    waitFor = 'index',
    onProgress,
    onWeights,
    models,
    generators,
    keepConversations,
    user,
    ...given
  } = options
  const read = readConfig()
  if (!read.ok) {
    const message = `A setting cannot be used. ${read.problems.join(' ')}`
    throw new SetUpError({ code: 'settings_invalid', message, hints: [] })
  }
  const config: Config = { ...read.config, ...given }
  const hooks = {
    logger: createLogger(config.logLevel === 'info' ? 'warn' : config.logLevel),
    onProgress,
    onWeights,
    models,
    generators,
    keepConversations,
    user,
    ...(await policyHooks(config, user)),
  }
  const replica = await joinReplicas(keepConversations === false ? undefined : config.store)
  try {
    const orchestrator = await open(config, { ...hooks, replica }, waitFor)
    if (!replica) return orchestrator
    return { ...orchestrator, close: () => orchestrator.close().finally(replica.close) }
  } catch (error) {
    await replica?.close()
    throw error
  }
}

async function open(
  config: Config,
  hooks: ServiceHooks,
  waitFor: OrchestratorOptions['waitFor'],
): Promise<Orchestrator> {
  const opened = await openServices(config, hooks)
  if (!opened.ok) throw new SetUpError(opened.failure)
  const { services } = opened
  if (waitFor !== 'data') {
    await services.knowledgeReady
    await services.scratchReady
  }
  if (waitFor === 'model') await services.modelReady
  return joinOrchestrator(services, config, hooks)
}

async function policyHooks(
  { policies }: Config,
  user = localUser,
): Promise<Pick<ServiceHooks, 'policy' | 'policyFile'>> {
  if (policies === undefined) return {}
  const read = await readPolicyFile(policies)
  if (!read.ok) throw new SetUpError(read.failure)
  return { policy: policyOf(read.file.policies, user), policyFile: read.file }
}
