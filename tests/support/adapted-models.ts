/** Models with real adapters in a home, of which only what reads the weights is a stand-in. */
import { createHash } from 'node:crypto'
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import pino from 'pino'
import type { LanguageModel } from '../../models/language-model.js'
import { baseModel } from '../../models/weights/known-artefacts.js'
import type { ModelMaker } from '../../src/adapters/load-model.js'
import { readConfig } from '../../src/config.js'
import { type Models, openModels } from '../../src/open-models.js'
import { scriptedModel } from './scripted-model.js'

export interface AdaptedModels extends Models {
  /** Names of the models that were loaded, and of those that were closed. */
  readonly opened: readonly string[]
  readonly closed: readonly string[]
}

export interface AdaptedOptions {
  /** What PARLEY_ADAPTER says. */
  readonly adapter?: string
  /** Before each answer of a model. */
  readonly wait?: (name: string) => Promise<void>
  /** Loading fails for files of this name. */
  readonly unusable?: string
  readonly sql?: string
}

/** As the product opens them under `home`, filled. */
export async function adaptedModels(
  home: string,
  options: AdaptedOptions = {},
): Promise<AdaptedModels> {
  const read = readConfig({ PARLEY_HOME: home, PARLEY_ADAPTER: options.adapter })
  if (!read.ok) throw new Error(read.problems.join(' '))
  const opened: string[] = []
  const closed: string[] = []
  const maker: ModelMaker = {
    weights: async () => ({ ok: true, path: '/weights/base.gguf', sha256: baseModel.sha256 }),
    open: async ({ name, fingerprint, adapterPath }) => {
      if (options.unusable && adapterPath?.endsWith(options.unusable)) {
        throw new Error(`${adapterPath} holds no tensors`)
      }
      opened.push(name)
      return watchedModel({ name, fingerprint }, options, closed)
    },
  }
  const models = openModels(read.config, { logger: pino({ level: 'silent' }), maker })
  await models.fillModel()
  // One that is shipped would be opened too.
  const fillScratch = async () => {}
  return { ...models, fillScratch, embedder: async () => undefined, opened, closed }
}

function watchedModel(
  facts: Pick<LanguageModel, 'name' | 'fingerprint'>,
  { wait, sql = 'select count(*) from stores' }: AdaptedOptions,
  closed: string[],
): LanguageModel {
  const model = scriptedModel(() => sql, { leastProbability: 0.99, rivalProbability: 0 })
  let isClosed = false
  return {
    ...model,
    ...facts,
    complete: async (request) => {
      if (isClosed) throw new Error(`${facts.name} was closed.`)
      await wait?.(facts.name)
      return model.complete(request)
    },
    close: async () => {
      isClosed = true
      closed.push(facts.name)
    },
  }
}

export interface WrittenAdapter {
  readonly score?: number
  /** Default: the base model of the product. */
  readonly baseSha256?: string
  /** In place of those that belong to the description. */
  readonly bytes?: string
  readonly more?: object
}

/** A file and its description, as `parley train export` leaves them. */
export async function writeAdapter(
  home: string,
  name: string,
  { score, baseSha256 = baseModel.sha256, bytes, more }: WrittenAdapter = {},
): Promise<void> {
  const folder = join(home, 'adapters')
  await mkdir(folder, { recursive: true })
  const sha256 = createHash('sha256').update(name).digest('hex')
  const base = { name: 'gemma-3-270m-q4_k_m', sha256: baseSha256 }
  const measured = score === undefined ? {} : { score: { measure: 'shop questions', value: score } }
  const description = { name, file: `${name}.gguf`, sha256, base, ...measured, ...more }
  await writeFile(join(folder, `${name}.gguf`), bytes ?? name)
  await writeFile(join(folder, `${name}.json`), JSON.stringify(description))
}
