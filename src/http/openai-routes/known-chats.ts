/** Which conversation goes on after which questions: clients of completions send the questions and no id. */
import { createHash } from 'node:crypto'

/** Of all users together; a chat that is not known any more is asked again from its beginning. */
export const mostChats = 2_000

export interface ChatSoFar {
  readonly user: string | undefined
  readonly dataset: string
  /** Oldest first. */
  readonly questions: readonly string[]
}

export interface KnownChats {
  /** The conversation stands just after these questions; it is given once, since the next question changes it. */
  take(chat: ChatSoFar): Promise<string | undefined>
  keep(chat: ChatSoFar, conversationId: string): Promise<void>
}

export function createKnownChats(most = mostChats): KnownChats {
  const conversations = new Map<string, string>()
  return {
    take: async (chat) => {
      const key = chatKey(chat)
      const found = conversations.get(key)
      conversations.delete(key)
      return found
    },
    keep: async (chat, conversationId) => {
      conversations.set(chatKey(chat), conversationId)
      const [oldest] = conversations.keys()
      if (conversations.size > most && oldest !== undefined) conversations.delete(oldest)
    },
  }
}

export function chatKey({ user, dataset, questions }: ChatSoFar): string {
  const text = JSON.stringify([user ?? null, dataset, questions])
  return createHash('sha256').update(text).digest('base64url')
}
