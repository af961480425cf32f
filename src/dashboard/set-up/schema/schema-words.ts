/** The words of this panel in the language of the page. */
import type { Context } from '../../context.js'
import { schemaPanelDe } from '../../messages/set-up/schema/de.js'
import { schemaPanelEn } from '../../messages/set-up/schema/en.js'
import { schemaPanelEs } from '../../messages/set-up/schema/es.js'
import { schemaPanelZhCn } from '../../messages/set-up/schema/zh-cn.js'
import { wordsFor } from '../../messages/set-up/words-for.js'

const allWords = {
  en: schemaPanelEn,
  de: schemaPanelDe,
  es: schemaPanelEs,
  'zh-CN': schemaPanelZhCn,
}

export function schemaWords(context: Context): typeof schemaPanelEn {
  return wordsFor(context, allWords)
}
