/** A language model that writes what a test tells it to, and remembers what it was asked. */
import type { Completion, CompletionRequest, LanguageModel } from '../../models/language-model.js'

export interface ScriptedModel extends LanguageModel {
  readonly requests: readonly CompletionRequest[]
}

/** `write` gives the text, or throws as a real model would. Tokens are counted as words. */
export function scriptedModel(
  write: (request: CompletionRequest) => string,
  facts: Partial<Completion> = {},
): ScriptedModel {
  const requests: CompletionRequest[] = []
  const countTokens = (text: string) => text.split(/\s+/).filter((word) => word !== '').length
  return {
    name: 'scripted',
    fingerprint: 'scripted',
    requests,
    countTokens,
    complete: async (request) => {
      requests.push(request)
      request.signal?.throwIfAborted()
      const text = write(request)
      return { text, tokens: countTokens(text), cut: false, elapsedMs: 0, ...facts }
    },
    close: async () => {},
  }
}
