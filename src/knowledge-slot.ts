/** The knowledge base's place: words alone at once, the full index as soon as the sentence model is there. */
import type { KnowledgeBase } from '../rag/knowledge.js'

export interface KnowledgeSlot extends KnowledgeBase {
  /** Puts a fuller knowledge base in place and closes the one before. */
  replace(next: KnowledgeBase): Promise<void>
}

export function createKnowledgeSlot(first: KnowledgeBase): KnowledgeSlot {
  let current = first
  return {
    refresh: (catalog, onProgress, signal) => current.refresh(catalog, onProgress, signal),
    retrieve: (question, signal) => current.retrieve(question, signal),
    linkValues: (question) => current.linkValues(question),
    complete: (text, limit) => current.complete(text, limit),
    embed: (texts) => current.embed(texts),
    status: () => current.status(),
    close: () => current.close(),
    replace: async (next) => {
      const before = current
      current = next
      await before.close()
    },
  }
}
