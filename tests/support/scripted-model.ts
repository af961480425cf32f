/** A language model that writes what a test tells it to, and remembers what it was asked. */
import type { Completion, CompletionRequest, LanguageModel } from '../../models/language-model.js'
import type { Models } from '../../src/open-models.js'

export interface ScriptedModel extends LanguageModel {
  readonly requests: readonly CompletionRequest[]
}

type Written = string | (Partial<Completion> & { readonly text: string })

/** `write` gives the text, with facts about it or without, or throws as a real model would. Tokens are counted as words. */
export function scriptedModel(
  write: (request: CompletionRequest) => Written,
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
      const written = write(request)
      const given = typeof written === 'string' ? { text: written } : written
      return { tokens: countTokens(given.text), cut: false, elapsedMs: 0, ...facts, ...given }
    },
    close: async () => {},
  }
}

/** The models of a product that has this one and no embedder. */
export function modelsOf(model: LanguageModel): Models {
  return {
    model: {
      current: () => model,
      note: () => 'Writes what the test says.',
      state: () => 'ok',
      isTrusted: () => true,
      files: () => [],
      loaded: () => undefined,
      base: () => undefined,
      hold: (work) => work(),
      put: () => {},
      close: async () => {},
    },
    changeAdapter: () => Promise.reject(new Error('The test has one model.')),
    fillModel: async () => {},
    scratch: {
      current: () => undefined,
      note: () => 'The test has none.',
      isOff: () => true,
      installed: () => undefined,
      close: async () => {},
    },
    fillScratch: async () => {},
    embedder: async () => undefined,
    fetching: () => undefined,
    stop: () => {},
    close: async () => {},
  }
}
