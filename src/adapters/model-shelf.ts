/** The models at hand, as a page shows them: which adapter is in use and why, and how another takes its place. */
import { basename } from 'node:path'
import {
  bestAdapter,
  type InstalledAdapter,
  type InstalledScratch,
  type MergedModel,
  readModelRegistry,
} from '../../models/registry/model-registry.js'
import { withoutPaths } from '../discreet-text.js'
import type { Models } from '../open-models.js'
import {
  type AdapterChoice,
  chooseBefore,
  chooseNext,
  keepAdapterChoice,
  readAdapterChoice,
} from './adapter-choice.js'
import { adapterFolders } from './adapter-folders.js'
import type { AdapterReason, LoadedModel, ModelFailure, ModelSettings } from './load-model.js'

export interface ListedAdapter extends Omit<InstalledAdapter, 'path'> {
  /** It was trained on the weights in use; absent while those are not known. */
  readonly fits?: boolean
  readonly isActive: boolean
}

export interface ListedScratch extends Omit<InstalledScratch, 'path' | 'kind'> {
  readonly isActive: boolean
}

export interface ModelList {
  readonly state: 'loading' | 'ok' | 'missing'
  readonly note: string
  /** The weights in use; absent while they are not known. */
  readonly base?: LoadedModel['base']
  /** Absent while no model is loaded. Without an adapter the base is used alone. */
  readonly active?: {
    readonly adapter?: string
    readonly reason: AdapterReason
    readonly fingerprint: string
  }
  /** What PARLEY_ADAPTER says: then nothing else can be activated. */
  readonly setting?: string
  /** What rolling back would activate: a name, `none` or `auto`. */
  readonly before?: string
  readonly adapters: readonly ListedAdapter[]
  /** Trained from nothing: what the generator `scratch` may write with, best first. */
  readonly scratch: readonly ListedScratch[]
  /** Of use through PARLEY_MODEL. */
  readonly merged: readonly MergedModel[]
  /** Descriptions that cannot be read or used. */
  readonly problems: readonly string[]
}

export interface NotActivated {
  readonly ok: false
  readonly code: ModelFailure['code'] | 'adapter_set' | 'nothing_before' | 'not_kept'
  readonly message: string
  readonly hints: readonly string[]
}

export type Activation = { readonly ok: true } | NotActivated

export interface ModelShelf {
  list(): Promise<ModelList>
  /** A name, `none` for the base alone, or `auto` for the best one. What cannot be used leaves the old one in place. */
  activate(adapter: string): Promise<Activation>
  /** Activates what was chosen before the last choice. */
  rollBack(): Promise<Activation>
}

export function openModelShelf(
  settings: Pick<ModelSettings, 'home' | 'adapter'>,
  models: Pick<Models, 'model' | 'scratch' | 'changeAdapter'>,
): ModelShelf {
  const choiceNow = async (): Promise<AdapterChoice | undefined> => {
    const base = models.model.base()
    return base && (await readAdapterChoice(settings.home, base.sha256))
  }
  const refusalNow = (): NotActivated | undefined => {
    if (settings.adapter !== undefined) return isSet(settings.adapter)
    return models.model.state() === 'loading' ? stillLoading : undefined
  }
  const change = async (next: AdapterChoice): Promise<Activation> => {
    const keep = ({ base }: LoadedModel) => keepAdapterChoice(settings.home, base.sha256, next)
    try {
      const loaded = await models.changeAdapter(next.chosen, keep)
      return loaded.ok ? { ok: true } : discreet(loaded)
    } catch {
      return notKept
    }
  }
  return {
    list: async () => listOf(settings, models, await choiceNow()),
    activate: async (adapter) => {
      const refusal = refusalNow()
      if (refusal) return refusal
      const choice = (await choiceNow()) ?? { chosen: bestAdapter, before: [] }
      return change(chooseNext(choice, adapter))
    },
    rollBack: async () => {
      const refusal = refusalNow()
      if (refusal) return refusal
      const choice = await choiceNow()
      const before = choice && chooseBefore(choice)
      return before ? change(before) : nothingBefore
    },
  }
}

async function listOf(
  { home, adapter: setting }: Pick<ModelSettings, 'home' | 'adapter'>,
  { model, scratch: slot }: Pick<Models, 'model' | 'scratch'>,
  choice: AdapterChoice | undefined,
): Promise<ModelList> {
  const { adapters, merged, scratch, problems } = await readModelRegistry(adapterFolders(home))
  const base = model.base()
  const loaded = model.loaded()
  const before = choice?.before.at(-1)
  return {
    state: model.state(),
    note: withoutPaths(model.note()),
    ...(base && { base: { name: basename(base.name), sha256: base.sha256 } }),
    ...(loaded && {
      active: {
        adapter: loaded.adapter,
        reason: loaded.reason,
        fingerprint: loaded.model.fingerprint,
      },
    }),
    ...(setting !== undefined && { setting }),
    ...(setting === undefined && before !== undefined && { before }),
    adapters: adapters.map(({ path: _path, ...adapter }) => ({
      ...adapter,
      ...(base && { fits: adapter.base.sha256 === base.sha256 }),
      isActive: loaded?.adapter === adapter.name,
    })),
    scratch: scratch.map(({ path: _path, kind: _kind, ...one }) => ({
      ...one,
      isActive: slot.installed()?.name === one.name,
    })),
    merged,
    problems,
  }
}

function discreet({ code, message, hints }: ModelFailure): NotActivated {
  return { ok: false, code, message: withoutPaths(message), hints: hints.map(withoutPaths) }
}

function isSet(adapter: string): NotActivated {
  return {
    ok: false,
    code: 'adapter_set',
    message: `The setting PARLEY_ADAPTER decides: it says ${adapter}.`,
    hints: ['Unset it and start Parley again to choose here.'],
  }
}

const stillLoading: NotActivated = {
  ok: false,
  code: 'weights_missing',
  message: 'The local model is still being fetched or loaded.',
  hints: ['Try again once it is there.'],
}

const nothingBefore: NotActivated = {
  ok: false,
  code: 'nothing_before',
  message: 'No other adapter was chosen before.',
  hints: [],
}

const notKept: NotActivated = {
  ok: false,
  code: 'not_kept',
  message: 'The choice could not be kept, so the adapter stays as it was.',
  hints: ['Make room under PARLEY_HOME, or make it writable.'],
}
