/** Makes this process one of several replicas, where the settings name the store that they share. */
import { StoreError } from '../../data/store/store-error.js'
import { SetUpError } from '../set-up-error.js'
import { storeFailure } from '../store-failure.js'
import { openReplica, type Replica } from './replica.js'

/** Throws SetUpError. */
export async function joinReplicas(store: string | undefined): Promise<Replica | undefined> {
  if (store === undefined) return undefined
  return openReplica(store).catch((error: unknown) => {
    throw error instanceof StoreError ? new SetUpError(storeFailure(error)) : error
  })
}
