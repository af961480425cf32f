/** What a generator is called on the page; one that a program brought along by its own name. */
import type { Messages } from '../messages/en.js'

/** Names that are the same in every language. */
const brands: Readonly<Record<string, string>> = {
  openai: 'OpenAI',
  ollama: 'Ollama',
  lmstudio: 'LM Studio',
}

export function generatorLabel(name: string, { generators }: Messages): string {
  const translated: Readonly<Record<string, string>> = {
    auto: generators.auto,
    rules: generators.rules,
    local: generators.local,
    scratch: generators.scratch,
    custom: generators.custom,
  }
  return translated[name] ?? brands[name] ?? name
}
