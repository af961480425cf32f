/** The words of the panel of the reports, in the language of the page. */
import type { Context } from '../../context.js'
import { reportsPanelDe } from '../../messages/set-up/reports/de.js'
import { reportsPanelEn } from '../../messages/set-up/reports/en.js'
import { reportsPanelEs } from '../../messages/set-up/reports/es.js'
import { reportsPanelZhCn } from '../../messages/set-up/reports/zh-cn.js'
import { wordsFor } from '../../messages/set-up/words-for.js'

export type ReportWords = typeof reportsPanelEn

const all = {
  en: reportsPanelEn,
  de: reportsPanelDe,
  es: reportsPanelEs,
  'zh-CN': reportsPanelZhCn,
}

export function reportWords(context: Context): ReportWords {
  return wordsFor(context, all)
}

/** What a report calls something, in the reader's language where the page knows it. */
export function barName(name: string, { names }: ReportWords): string {
  return (Object.hasOwn(names, name) && names[name]) || name.replaceAll('_', ' ')
}

/** `83.2%`, with the digit that tells two runs apart. */
export function shareText(share: number, { locale }: Pick<Context, 'locale'>): string {
  return locale.number(share, { style: 'percent', maximumFractionDigits: 1 })
}
