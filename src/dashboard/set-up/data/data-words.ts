/** The words of this panel in the language of the page. */
import type { Context } from '../../context.js'
import { dataPanelDe } from '../../messages/set-up/data/de.js'
import { dataPanelEn } from '../../messages/set-up/data/en.js'
import { dataPanelEs } from '../../messages/set-up/data/es.js'
import { dataPanelZhCn } from '../../messages/set-up/data/zh-cn.js'
import { wordsFor } from '../../messages/set-up/words-for.js'

const allWords = { en: dataPanelEn, de: dataPanelDe, es: dataPanelEs, 'zh-CN': dataPanelZhCn }

export function dataWords(context: Context): typeof dataPanelEn {
  return wordsFor(context, allWords)
}

/** In the largest unit that fits. */
export function bytesText(bytes: number, { locale }: Context): string {
  const units = ['byte', 'kilobyte', 'megabyte', 'gigabyte'] as const
  const at = Math.min(units.length - 1, Math.floor(Math.log10(Math.max(1, bytes)) / 3))
  const options = { style: 'unit', unit: units[at], maximumFractionDigits: at < 2 ? 0 : 1 } as const
  return locale.number(bytes / 1_000 ** at, options)
}
