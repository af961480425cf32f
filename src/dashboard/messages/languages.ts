/** The languages of the page, and which of them to use. */
import { de } from './de.js'
import { en, type Messages } from './en.js'
import { es } from './es.js'
import { zhCn } from './zh-cn.js'

export interface Language {
  /** BCP 47. */
  readonly tag: string
  /** In its own words. */
  readonly name: string
  readonly words: Messages
}

const english: Language = { tag: 'en', name: 'English', words: en }

export const languages: readonly Language[] = [
  english,
  { tag: 'de', name: 'Deutsch', words: de },
  { tag: 'es', name: 'Español', words: es },
  { tag: 'zh-CN', name: '简体中文', words: zhCn },
]

/** The first of the wanted languages that there is, be it in another country's form; else English. */
export function chooseLanguage(wanted: readonly (string | null | undefined)[]): Language {
  for (const tag of wanted) {
    const found = tag && (exact(tag) ?? related(tag))
    if (found) return found
  }
  return english
}

function exact(tag: string): Language | undefined {
  return languages.find((language) => language.tag.toLowerCase() === tag.toLowerCase())
}

/** Which of the wanted tags is this language in some country's form; else the language itself. */
export function regionalTag({ tag }: Language, wanted: readonly string[]): string {
  return wanted.find((each) => primaryOf(each) === primaryOf(tag)) ?? tag
}

/** Traditional Chinese is another script, which English serves better than the wrong one. */
function related(tag: string): Language | undefined {
  if (/^zh\b.*(hant|tw|hk|mo)\b/i.test(tag)) return undefined
  return languages.find((language) => primaryOf(language.tag) === primaryOf(tag))
}

function primaryOf(tag: string): string {
  return tag.toLowerCase().split('-')[0] ?? ''
}
