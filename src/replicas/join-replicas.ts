/** Makes this process one of several replicas, where the settings name the store that they share. */
import { StoreError } from '../../data/store/store-error.js'
import { SetUpError } from '../index.js'
import { unusable } from '../open-conversations.js'
import { openReplica, type Replica } from './replica.js'

/** Throws SetUpError. */
export async function joinReplicas(store: string | undefined): Promise<Replica | undefined> {
  if (store === undefined) return undefined
  return openReplica(store).catch((error: unknown) => {
    throw error instanceof StoreError ? new SetUpError(unusable(error)) : error
  })
}
