/** Works on the API keys of the settings, for as long as that takes: those of the home, or those that replicas share. */
import { openSharedStore } from '../data/store/postgres/open-shared-store.js'
import { StoreError } from '../data/store/store-error.js'
import type { Config } from './config.js'
import { openKeyStore } from './key-file.js'
import { KeyFileError, type KeyStore } from './key-store.js'
import { sharedKeys } from './replicas/shared-keys.js'

/** Rejects with `KeyFileError`. */
export async function withKeys<Result>(
  { home, store }: Pick<Config, 'home' | 'store'>,
  work: (keys: KeyStore) => Promise<Result>,
): Promise<Result> {
  if (store === undefined) return work(openKeyStore(home))
  const shared = await openSharedStore(store).catch((cause: unknown) => {
    throw cause instanceof StoreError ? new KeyFileError(cause.message, { cause }) : cause
  })
  try {
    return await work(sharedKeys(shared))
  } finally {
    await shared.close()
  }
}
