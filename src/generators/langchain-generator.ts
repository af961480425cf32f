/** Any chat model of LangChain as a generator, by a name of its own. */
import type { BaseChatModel } from '@langchain/core/language_models/chat_models'
import { generatorNamePattern, isUsualGenerator } from '../../agents/generator-name.js'
import { createLangChainLanguageModel } from '../../models/langchain/langchain-language-model.js'
import type { LanguageModel } from '../../models/language-model.js'

/** A generator that a program brings along. */
export interface AddedGenerator {
  readonly name: string
  readonly model: LanguageModel
  readonly told: 'values' | 'schema-only'
}

export interface LangChainOptions {
  /** What questions call it: small letters, digits, `-` and `_`, none of the usual names. */
  readonly name: string
  /** `values` for one that runs where the data may be read. Default: names, types and keys alone. */
  readonly told?: 'values' | 'schema-only'
}

/** Throws RangeError for a name that cannot be used. The model stays its owner's to close. */
export function langChainGenerator(
  model: BaseChatModel,
  { name, told = 'schema-only' }: LangChainOptions,
): AddedGenerator {
  const isTaken = isUsualGenerator(name) || name === 'given' || name === 'approved'
  if (isTaken || !generatorNamePattern.test(name)) {
    throw new RangeError(`"${name}" cannot name a generator: use small letters, digits, - and _.`)
  }
  return { name, model: createLangChainLanguageModel(model, name), told }
}
