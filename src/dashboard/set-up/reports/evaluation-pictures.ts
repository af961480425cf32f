/** The pictures of an evaluation, with those of another one in them where two are compared. */
import type { Tallies, Tally } from '../../../../data/evaluation/tally.js'
import type { BarGroup, EvaluationDetail } from '../../../reports/evaluation-report-file.js'
import type { Context } from '../../context.js'
import { barFigure } from './bar-figure.js'
import { curveFigure, timeCurve } from './curve-figure.js'
import type { Picture } from './picture.js'
import { barName, reportWords, shareText } from './report-words.js'

/** What most people look for first. */
const order: readonly BarGroup[] = [
  'hardness',
  'intent',
  'errors',
  'database',
  'generator',
  'expected',
  'accuracy',
  'soundness',
]
/** From easy to hard; other names come behind. */
const grades = ['easy', 'medium', 'hard', 'extra']
/** The longest of the times over the shortest, from which on they are drawn by powers of ten. */
const wideSpread = 40
/** Rows of the table of times. */
const timeShares = [0.25, 0.5, 0.75, 0.9, 0.95, 0.99, 1]

interface Run {
  readonly name: string
  readonly detail: EvaluationDetail
}

export function evaluationPictures(
  detail: EvaluationDetail,
  other: EvaluationDetail | undefined,
  context: Context,
): readonly Picture[] {
  const words = reportWords(context)
  const one = { name: words.thisOne, detail }
  const runs: readonly Run[] = other ? [one, { name: words.other, detail: other }] : [one]
  const bars = order.flatMap((group) => barPicture(group, runs, context))
  return [...bars, ...timePicture(runs, context)]
}

function barPicture(group: BarGroup, runs: readonly Run[], context: Context): readonly Picture[] {
  const words = reportWords(context)
  if (!runs[0]?.detail.bars[group]) return []
  const series = runs.flatMap(({ name, detail }) => {
    const tallies = detail.bars[group]
    return tallies ? [{ name, tallies: arranged(group, tallies) }] : []
  })
  const title = words.charts[group]
  const number = (value: number) => context.locale.number(value)
  const figure = barFigure(series, {
    title,
    nameOf: (name) => barName(name, words),
    share: (share) => shareText(share, context),
    count: (right, total) => words.ofAll(number(right), number(total)),
  })
  const head = [words.nameColumn, words.shareColumn, words.countColumn, words.intervalColumn]
  const rows = series.flatMap(({ name: run, tallies }) =>
    Object.entries(tallies).map(([name, tally]) => [
      series.length > 1 ? `${barName(name, words)} (${run})` : barName(name, words),
      ...tallyCells(tally, context),
    ]),
  )
  return [{ title, figure, head, rows }]
}

function tallyCells({ right, total, share, interval }: Tally, context: Context) {
  const { locale } = context
  const range = [interval.low, interval.high].map((end) => shareText(end, context)).join(' – ')
  const count = reportWords(context).ofAll(locale.number(right), locale.number(total))
  return [shareText(share, context), count, range]
}

type Entry = readonly [string, Tally]

function arranged(group: BarGroup, tallies: Tallies): Tallies {
  const entries: readonly Entry[] = Object.entries(tallies)
  if (group === 'errors') {
    return Object.fromEntries(entries.toSorted(([, one], [, other]) => other.share - one.share))
  }
  if (group !== 'hardness') return tallies
  const gradeOf = ([name]: Entry) => (grades.includes(name) ? grades.indexOf(name) : grades.length)
  return Object.fromEntries(entries.toSorted((one, other) => gradeOf(one) - gradeOf(other)))
}

function timePicture(runs: readonly Run[], context: Context): readonly Picture[] {
  const words = reportWords(context)
  const timed = runs.filter(({ detail }) => detail.times.length > 0)
  if (timed.length === 0) return []
  const curves = timed.map(({ name, detail }) => timeCurve(name, detail.times))
  const first = Math.min(...curves.map(({ x }) => x[0] ?? 1))
  const last = Math.max(...curves.map(({ x }) => x.at(-1) ?? 1))
  const figure = curveFigure(curves, {
    title: words.times,
    x: words.timeAxis,
    y: words.timeShare,
    isShare: true,
    isLogarithmic: last > wideSpread * first,
  })
  const sorted = timed.map(({ detail }) => [...detail.times].sort((one, two) => one - two))
  const rows = timeShares.map((share) => [
    context.locale.percent(share),
    ...sorted.map((times) => {
      const time = times[Math.ceil(share * times.length) - 1] ?? 0
      return context.locale.milliseconds(time)
    }),
  ])
  const head = [
    words.timeShare,
    ...timed.map(({ name }) => (timed.length > 1 ? name : words.duration)),
  ]
  return [{ title: words.times, figure, head, rows }]
}
