/** The line below an answer: how sure, how many rows, how long, who wrote the SQL. */
import type { AnsweredQuestion } from '../../../agents/answer.js'
import type { Context } from '../context.js'
import type { Messages } from '../messages/en.js'
import { generatorLabel } from '../text/generator-label.js'
import type { Locale } from '../text/locale.js'

const sure = 0.75
const unsure = 0.5

export function factsOf(answer: AnsweredQuestion, { words, locale }: Context): string {
  const { generator, confidence, timings, rowCount } = answer
  const parts = [
    confidence && confidenceWord(confidence.score, words),
    rowsOf(rowCount, words, locale),
    timings.total !== undefined && locale.milliseconds(timings.total),
    generator && generator !== 'auto' && authorOf(generator, words),
  ]
  return parts.filter(Boolean).join(' · ')
}

function authorOf(generator: string, words: Messages): string {
  const authors: Readonly<Record<string, string>> = words.authors
  return authors[generator] ?? generatorLabel(generator, words)
}

function confidenceWord(score: number, { answer }: Messages): string {
  if (score >= sure) return answer.sure
  return score >= unsure ? answer.likely : answer.unsure
}

/** "1 row", "12 rows". */
export function rowsOf(count: number, { answer }: Messages, locale: Locale): string {
  return answer.rows(locale.number(count), count === 1)
}
