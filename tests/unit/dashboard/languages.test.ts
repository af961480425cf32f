import { expect, it } from 'vitest'
import { en } from '../../../src/dashboard/messages/en.js'
import {
  chooseLanguage,
  languages,
  regionalTag,
} from '../../../src/dashboard/messages/languages.js'
import { createLocale } from '../../../src/dashboard/text/locale.js'

it('takes the first language that there is, in another form if it must be', () => {
  expect(chooseLanguage([null, 'fr', 'de-AT', 'es']).tag).toBe('de')
  expect(chooseLanguage(['zh']).tag).toBe('zh-CN')
  expect(chooseLanguage(['zh-TW', 'es-MX']).tag).toBe('es')
  expect(chooseLanguage(['fr', undefined]).tag).toBe('en')
})

it('writes numbers, times and shares as the language does', () => {
  const german = createLocale('de')
  expect(german.number(1234.5)).toBe('1.234,5')
  expect(german.milliseconds(1_250)).toBe('1,3 s')
  expect(createLocale('en').percent(0.5)).toBe('50%')
})

it('writes them as the reader’s own country does, where that speaks the language', () => {
  const german = chooseLanguage(['de'])
  expect(regionalTag(german, ['fr-CH', 'de-CH'])).toBe('de-CH')
  expect(regionalTag(german, ['fr'])).toBe('de')
  // One apostrophe or the other, as the data of the runtime has it.
  expect(createLocale('de', 'de-CH').number(1234.5)).toMatch(/^1['’]234\.5$/)
})

/** Texts of a language by their path; functions are called with marks, which must come back. */
function textsOf(words: object, path = ''): readonly (readonly [string, string])[] {
  return Object.entries(words).flatMap(([name, value]): readonly (readonly [string, string])[] => {
    if (typeof value === 'function') return [[`${path}${name}`, value('«1»', '«2»')]]
    return typeof value === 'object'
      ? textsOf(value, `${path}${name}.`)
      : [[`${path}${name}`, value]]
  })
}

it.each(languages.map(({ tag, words }) => [tag, words] as const))(
  'says everything in %s, with all that it is given',
  (_tag, words) => {
    const texts = new Map(textsOf(words))
    const english = textsOf(en)
    expect([...texts.keys()]).toEqual(english.map(([path]) => path))
    for (const [path, text] of english) {
      const said = texts.get(path) ?? ''
      if (text !== '') expect(said).not.toBe('')
      for (const mark of text.match(/«\d»/g) ?? []) expect(said).toContain(mark)
    }
  },
)
