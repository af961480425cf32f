/** Why weights could not be had, in words a user can act on. */
import type { WeightArtefact } from './weight-artefact.js'

export interface WeightFailure {
  readonly ok: false
  readonly code: 'weights_missing' | 'weights_corrupt' | 'cancelled'
  readonly message: string
  readonly hints: readonly string[]
}

/** `reasons`: one per source that was tried. */
export function missing(artefact: WeightArtefact, reasons: readonly string[]): WeightFailure {
  const tried = reasons.length === 0 ? 'nothing was fetched (offline)' : reasons.join('; ')
  return {
    ok: false,
    code: 'weights_missing',
    message: `${artefact.name} is not on this machine: ${tried}.`,
    hints: [
      'Connect to the internet and start again; a cut download goes on where it stopped.',
      `Or put ${artefact.fileName} into the cache folder yourself.`,
    ],
  }
}

/** `places`: where wrong bytes came from. */
export function corrupt(artefact: WeightArtefact, places: readonly string[]): WeightFailure {
  return {
    ok: false,
    code: 'weights_corrupt',
    message: `${artefact.name} from ${places.join(' and ')} has the wrong SHA-256; it was removed.`,
    hints: ['Start again to fetch it anew; check the network and the disk if it happens twice.'],
  }
}

export function cancelled(artefact: WeightArtefact): WeightFailure {
  return {
    ok: false,
    code: 'cancelled',
    message: `Fetching ${artefact.name} was cancelled.`,
    hints: ['Start again; it goes on where it stopped.'],
  }
}

export function notWritable(
  artefact: WeightArtefact,
  folder: string,
  error: unknown,
): WeightFailure {
  const reason = error instanceof Error ? error.message : String(error)
  return {
    ok: false,
    code: 'weights_missing',
    message: `${artefact.name} cannot be prepared in ${folder}: ${reason}.`,
    hints: ['Check that the cache folder can be read and written and its disk has room.'],
  }
}
