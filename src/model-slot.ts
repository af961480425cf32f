/** The local model's place: empty while weights are fetched and loaded, then the model, or why there is none. */
import { AsyncLocalStorage } from 'node:async_hooks'
import type { ModelSlot } from '../agents/generators/local-generator.js'
import type { LoadedModel, ModelFailure } from './adapters/load-model.js'

export interface FilledModelSlot extends ModelSlot {
  state(): 'loading' | 'ok' | 'missing'
  /** Whether the model in place was trained for SQL, or chosen by the user. */
  isTrusted(): boolean
  /** The files of the model in place: its weights, then its adapter. */
  files(): readonly string[]
  /** What is in place, whatever a question holds. */
  loaded(): LoadedModel | undefined
  /** The weights in use, also where their adapter cannot be used. */
  base(): LoadedModel['base'] | undefined
  /** All through `work` the model is the one that is in place when it is first asked for. */
  hold<Result>(work: () => Promise<Result>): Promise<Result>
  /** In place of what was there, which is closed once nobody holds it; a failure is told only where nothing was. */
  put(loaded: LoadedModel | ModelFailure): void
  /** Nobody may be using the models any more. */
  close(): Promise<void>
}

interface Place {
  readonly loaded: LoadedModel
  holders: number
}

interface Hold {
  place?: Place
}

/** `isOwnModel`: the user named the weights. */
export function createModelSlot(isOwnModel = false): FilledModelSlot {
  const holds = new AsyncLocalStorage<Hold>()
  /** Those that were left, and questions hold. */
  const left = new Set<Place>()
  const closing = new Set<Promise<void>>()
  let place: Place | undefined
  let failure: ModelFailure | undefined

  const held = (): LoadedModel | undefined => {
    const hold = holds.getStore()
    if (!hold) return place?.loaded
    if (!hold.place && place) {
      hold.place = place
      place.holders += 1
    }
    return hold.place?.loaded
  }
  const closeLeft = (one: Place) => {
    if (!left.delete(one)) return
    const closed = one.loaded.model.close().finally(() => closing.delete(closed))
    closing.add(closed)
  }
  const leave = () => {
    if (!place) return
    left.add(place)
    if (place.holders === 0) closeLeft(place)
    place = undefined
  }
  return {
    current: () => held()?.model,
    note: () => (place ? `${place.loaded.model.name} is loaded.` : noteOf(failure)),
    isTrusted: () => isOwnModel || held()?.adapter !== undefined,
    files: () => held()?.files ?? [],
    state: () => (place ? 'ok' : failure ? 'missing' : 'loading'),
    loaded: () => place?.loaded,
    base: () => place?.loaded.base ?? failure?.base,
    hold: (work) => {
      const hold: Hold = {}
      return holds.run(hold, work).finally(() => {
        if (!hold.place) return
        hold.place.holders -= 1
        if (hold.place.holders === 0) closeLeft(hold.place)
      })
    },
    put: (loaded) => {
      if (!loaded.ok) {
        failure = loaded
        return
      }
      leave()
      place = { loaded, holders: 0 }
    },
    close: async () => {
      leave()
      for (const one of left) closeLeft(one)
      await Promise.all(closing)
    },
  }
}

function noteOf(failure: ModelFailure | undefined): string {
  if (!failure) return 'The local model is not loaded yet.'
  return [failure.message, ...failure.hints].join(' ')
}
