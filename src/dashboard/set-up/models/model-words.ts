/** The words of the panel of the models, in the language of the page. */
import type { Context } from '../../context.js'
import { modelsPanelDe } from '../../messages/set-up/models/de.js'
import { modelsPanelEn } from '../../messages/set-up/models/en.js'
import { modelsPanelEs } from '../../messages/set-up/models/es.js'
import { modelsPanelZhCn } from '../../messages/set-up/models/zh-cn.js'
import { wordsFor } from '../../messages/set-up/words-for.js'

const all = { en: modelsPanelEn, de: modelsPanelDe, es: modelsPanelEs, 'zh-CN': modelsPanelZhCn }

export function modelWords(context: Context): typeof modelsPanelEn {
  return wordsFor(context, all)
}

/** `none` and `auto` are names of no adapter. */
export function choiceName(choice: string, context: Context): string {
  const { baseAlone, auto } = modelWords(context)
  if (choice === 'none') return baseAlone
  return choice === 'auto' ? auto : choice
}
