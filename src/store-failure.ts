/** What a store of conversations that cannot be used means to who starts Parley. */
import type { StoreError } from '../data/store/store-error.js'
import type { HomeFailure } from './prepare-home.js'

export function storeFailure({ code, message }: StoreError): HomeFailure {
  return { code: 'settings_invalid', message, hints: hintsOf[code] ?? [makeRoom] }
}

const makeRoom = 'Make room, or point PARLEY_HOME at another folder.'
const hintsOf: Readonly<Record<string, readonly string[]>> = {
  store_newer: ['Update Parley.', 'Or point PARLEY_HOME, or PARLEY_STORE, elsewhere.'],
  store_unreachable: ['Check PARLEY_STORE.'],
}
