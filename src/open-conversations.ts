/** Opens what is kept of conversations: in the home's file, in PostgreSQL, or in memory alone. */
import { StoreError } from '../data/store/store-error.js'
import type { Config } from './config.js'
import {
  type ConversationStore,
  conversationsPath,
  openConversationStore,
} from './conversation-store.js'
import type { HomeFailure } from './prepare-home.js'
import { sharedConversations } from './replicas/replica.js'
import type { ServiceHooks } from './services.js'
import { storeFailure } from './store-failure.js'

export type OpenedConversations =
  | { readonly ok: true; readonly conversations: ConversationStore }
  | { readonly ok: false; readonly failure: HomeFailure }

export async function openConversations(
  config: Config,
  hooks: ServiceHooks,
): Promise<OpenedConversations> {
  try {
    return { ok: true, conversations: hooks.shared?.conversations ?? (await open(config, hooks)) }
  } catch (error) {
    if (!(error instanceof StoreError)) throw error
    return { ok: false, failure: storeFailure(error) }
  }
}

async function open(
  { home }: Config,
  { logger, replica, keepConversations = true }: ServiceHooks,
): Promise<ConversationStore> {
  if (keepConversations && replica) return sharedConversations(replica)
  return openConversationStore(keepConversations ? conversationsPath(home) : ':memory:', (notice) =>
    logger.warn({ event: 'conversations_damaged' }, notice),
  )
}
