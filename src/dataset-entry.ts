/** One dataset of a service: closed until somebody wants it, and how far its opening is. */
import type { OnProgress } from '../data/progress.js'
import type { DatasetStatus } from './dataset-status.js'
import { withoutPaths } from './discreet-text.js'
import type { Orchestrator } from './orchestrator.js'

export type DatasetFacts = Pick<DatasetStatus, 'name' | 'title' | 'subject' | 'samples' | 'origin'>

/** Rejects with what to tell the user. */
export type OpenDataset = (onProgress: OnProgress) => Promise<Orchestrator>

export interface OpenableDataset {
  readonly facts: DatasetFacts
  status(): Pick<DatasetStatus, 'state' | 'progress' | 'indexing' | 'error'>
  open(): Promise<Orchestrator>
  close(): Promise<void>
}

/** A failed opening is forgotten, so that the next request tries again; of what was added it is said. */
export function openableDataset(
  facts: DatasetFacts,
  openNow: OpenDataset,
  opened?: Orchestrator,
): OpenableDataset {
  const isAdded = facts.origin === 'files' || facts.origin === 'connection'
  let state: DatasetStatus['state'] = opened ? 'open' : 'closed'
  let progress: DatasetStatus['progress']
  let error: DatasetStatus['error']
  let opening: Promise<Orchestrator> | undefined
  let orchestrator = opened
  const open = async () => {
    state = 'opening'
    error = undefined
    try {
      orchestrator = await openNow((step, done, total) => {
        progress = { step, done, total }
      })
      state = 'open'
      return orchestrator
    } catch (thrown) {
      state = isAdded ? 'failed' : 'closed'
      if (isAdded) error = toldError(thrown)
      opening = undefined
      throw thrown
    } finally {
      progress = undefined
    }
  }
  return {
    facts,
    status: () => {
      const indexing = orchestrator?.indexing()
      return {
        state,
        ...(state === 'opening' && progress && { progress }),
        ...(indexing && { indexing }),
        ...(error && { error }),
      }
    },
    open: () => {
      opening ??= opened ? Promise.resolve(opened) : open()
      return opening
    },
    close: async () => (await opening?.catch(() => undefined))?.close(),
  }
}

/** Of errors that are meant for the user; any other is a mistake of ours. */
function toldError(thrown: unknown): NonNullable<DatasetStatus['error']> {
  const { code, message, hints } = Object(thrown) as Record<string, unknown>
  if (typeof code !== 'string' || typeof message !== 'string' || !Array.isArray(hints)) {
    return { code: 'internal', message: 'It could not be opened; the log says why.', hints: [] }
  }
  const told = hints.map((hint) => withoutPaths(String(hint)))
  return { code, message: withoutPaths(message), hints: told }
}
