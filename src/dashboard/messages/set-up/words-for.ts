/** Words that come with the part of the page that says them, in the language of the page. */
import type { Context } from '../../context.js'

/** By the tag of the language. */
export interface InEveryLanguage<Words> {
  readonly en: Words
  readonly de: Words
  readonly es: Words
  readonly 'zh-CN': Words
}

export function wordsFor<Words>(
  { locale }: Pick<Context, 'locale'>,
  all: InEveryLanguage<Words>,
): Words {
  return all[locale.tag as keyof InEveryLanguage<Words>] ?? all.en
}
