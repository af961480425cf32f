/** What every element is handed: the service to ask, the words to use, the data that is meant. */

import type { Messages } from './messages/en.js'
import { type Language, regionalTag } from './messages/languages.js'
import type { Service } from './service/service.js'
import { createLocale, type Locale } from './text/locale.js'

export interface Context {
  readonly service: Service
  readonly words: Messages
  readonly locale: Locale
  /** As the service calls it; empty for its default one. */
  readonly dataset: string
}

export function createContext(service: Service, language: Language, dataset: string): Context {
  const locale = createLocale(language.tag, regionalTag(language, navigator.languages))
  return { service, words: language.words, locale, dataset }
}

/** A path with the dataset that is meant, where that is not the default one. */
export function withDataset(path: string, { dataset }: Pick<Context, 'dataset'>): string {
  if (!dataset) return path
  return `${path}${path.includes('?') ? '&' : '?'}dataset=${encodeURIComponent(dataset)}`
}
