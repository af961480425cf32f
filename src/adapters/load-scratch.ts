/** The place of the model trained from scratch: empty until it is loaded, or for good where none is installed. */
import type { ModelSlot } from '../../agents/generators/local-generator.js'
import type { LanguageModel } from '../../models/language-model.js'
import {
  type AdapterFolder,
  chooseScratch,
  type InstalledScratch,
  readModelRegistry,
} from '../../models/registry/model-registry.js'
import { type ModelMaker, threads, usualContextSize } from './load-model.js'

export interface ScratchSlot extends ModelSlot {
  isOff(): boolean
  /** What is in place. */
  installed(): InstalledScratch | undefined
  /** Nobody may be using it any more. */
  close(): Promise<void>
}

export interface FillableScratchSlot extends ScratchSlot {
  /** Loads the best one that is installed; never rejects. */
  fill(): Promise<void>
}

export function createScratchSlot(
  folders: readonly AdapterFolder[],
  open: ModelMaker['open'],
): FillableScratchSlot {
  let place: { readonly model: LanguageModel; readonly scratch: InstalledScratch } | undefined
  let note = 'The model from scratch is not loaded yet.'
  let isOff = false
  const miss = (why: string) => {
    note = why
    isOff = true
  }
  const fill = async () => {
    const chosen = await chooseScratch(await readModelRegistry(folders))
    if (!chosen.ok) return miss([chosen.message, ...chosen.hints].join(' '))
    const { scratch, fingerprint } = chosen
    const { name, path: modelPath } = scratch
    const model = await open({
      name,
      fingerprint,
      modelPath,
      threads,
      contextSize: usualContextSize,
    })
    place = { model, scratch }
    note = `${name} is loaded.`
  }
  return {
    current: () => place?.model,
    note: () => note,
    isOff: () => isOff,
    installed: () => place?.scratch,
    fill: () =>
      fill().catch((error: unknown) => {
        const said = error instanceof Error ? error.message : String(error)
        miss(`The model from scratch could not be loaded: ${said}`)
      }),
    close: async () => {
      await place?.model.close()
      place = undefined
    },
  }
}
