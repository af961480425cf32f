/** Opens what is kept of conversations: in the home's file, in PostgreSQL, or in memory alone. */
import { StoreError } from '../data/store/store-error.js'
import type { Config } from './config.js'
import {
  type ConversationStore,
  conversationsPath,
  openConversationStore,
} from './conversation-store.js'
import type { HomeFailure } from './prepare-home.js'
import { openReplica, sharedConversations } from './replicas/replica.js'
import type { ServiceHooks } from './services.js'

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
    return { ok: false, failure: unusable(error) }
  }
}

async function open(
  { home, store }: Config,
  { logger, replica, keepConversations = true }: ServiceHooks,
): Promise<ConversationStore> {
  if (keepConversations && replica) return sharedConversations(replica)
  if (keepConversations && store !== undefined) return openAlone(store)
  return openConversationStore(keepConversations ? conversationsPath(home) : ':memory:', (notice) =>
    logger.warn({ event: 'conversations_damaged' }, notice),
  )
}

/** Of a command that is no service: the replica is its own. */
async function openAlone(store: string): Promise<ConversationStore> {
  const replica = await openReplica(store)
  const conversations = await sharedConversations(replica)
  const close = async () => {
    await conversations.close()
    await replica.close()
  }
  return { ...conversations, close }
}

export function unusable({ code, message }: StoreError): HomeFailure {
  return { code: 'settings_invalid', message, hints: hintsOf[code] ?? [makeRoom] }
}

const makeRoom = 'Make room, or point PARLEY_HOME at another folder.'
const hintsOf: Readonly<Record<string, readonly string[]>> = {
  store_newer: ['Update Parley.', 'Or point PARLEY_HOME, or PARLEY_STORE, elsewhere.'],
  store_unreachable: ['Check PARLEY_STORE.'],
}
