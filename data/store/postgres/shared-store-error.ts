/** What an error of PostgreSQL means to a user; its own text never comes through, as it may quote what is kept. */
import { isLostConnection } from '../../postgres/engine-failure.js'
import { codeOf } from '../../servers/connect-causes.js'
import { StoreError } from '../store-error.js'

/** By SQLSTATE, the first that fits. */
const plainWords: readonly (readonly [RegExp, string])[] = [
  [/^53100$/, 'The disk of the PostgreSQL server is full.'],
  [/^53/, 'The PostgreSQL server of the conversations has no room to spare.'],
  [/^(25006|42501)$/, 'The PostgreSQL server does not let Parley write what it keeps.'],
  [/^(57014|55P03|40P01)$/, 'The PostgreSQL server of the conversations is too busy.'],
]

/** Undefined for one that is a mistake of ours. */
export function sharedStoreErrorOf(error: unknown): StoreError | undefined {
  if (error instanceof StoreError) return error
  const words = isLostConnection(error)
    ? 'The PostgreSQL server of the conversations cannot be reached.'
    : plainWords.find(([pattern]) => pattern.test(codeOf(error)))?.[1]
  return words === undefined
    ? undefined
    : new StoreError('store_unwritable', words, { cause: error })
}
