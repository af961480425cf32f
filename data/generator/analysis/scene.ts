/** Draws what an analysis is about: rows, which of them, and what is counted or measured of them. */

import { sqlText } from '../../../models/grammar/sql-name.js'
import type { Random } from '../../random.js'
import type { Phrase } from '../polish.js'
import { after, conditionFor, numberCondition, sayValue } from '../templates/conditions.js'
import { drawn } from '../templates/draw.js'
import type { AskableDate } from './dates.js'
import { type Analysis, type Dimension, type Fact, isNamable } from './facts.js'
import { drawPeriod, happening } from './periods.js'

/** A question before its last polish, with its SQL. */
export interface Asked extends Phrase {
  /** Join-free. */
  readonly sql: string
}

export interface AnalysisSetting {
  readonly analysis: Analysis
  /** `own`: one table alone; `above`: also what its rows belong to. */
  readonly reach: 'own' | 'above'
  readonly random: Random
}

/** Undefined when this database, or what chance chose of it, has no such question. */
export type Kind = (setting: AnalysisSetting) => Asked | undefined

export interface Metric {
  readonly sql: string
  /** "Total amount", "number": what stands before "of sales". */
  readonly lead: string
  readonly isCount: boolean
  /** A plain name for its column of a sub-query. */
  readonly alias: string
  /** Sums and counts add up over groups. */
  readonly addsUp: boolean
}

/** One number of a piece: its sum says nothing. */
const perPiece = /\b(price|cost|percent|size|capacity|rate|score|term)\b/

const leads = {
  sum: ['total', 'total', 'total', 'sum of the', 'combined', 'overall'],
  avg: ['average', 'average', 'mean'],
  max: ['highest', 'maximum', 'largest'],
  min: ['lowest', 'minimum', 'smallest'],
} as const

export function drawMetric({ table, numbers }: Fact, random: Random, addsUp = false): Metric {
  const additive = numbers.filter(({ additive, words }) => additive && !perPiece.test(words))
  const call = (['count', 'sum', 'avg', 'max', 'min'] as const)[
    random.weighted([
      40,
      additive.length > 0 ? 40 : 0,
      numbers.length > 0 && !addsUp ? 18 : 0,
      numbers.length > 0 && !addsUp ? 4 : 0,
      numbers.length > 0 && !addsUp ? 3 : 0,
    ])
  ]
  if (call === undefined || call === 'count') return countOf(table.plural, random)
  const column = random.pick(call === 'sum' ? additive : numbers)
  const words = call === 'sum' ? column.words.replace(/^total /, '') : column.words
  return {
    sql: `${call}(${column.sql})`,
    lead: `${random.pick<string>(leads[call])} ${words}`,
    isCount: false,
    alias: aliasOf(`${leads[call][0]} ${words}`),
    addsUp: call === 'sum',
  }
}

function countOf(plural: string, random: Random): Metric {
  const lead = random.pick(['number', 'number', 'number', 'total number', 'count'])
  return {
    sql: 'count(*)',
    lead,
    isCount: true,
    alias: aliasOf(`number of ${plural}`),
    addsUp: true,
  }
}

export function aliasOf(words: string): string {
  return words.replaceAll(/[^\p{L}\p{N}]+/gu, '_')
}

export interface Scene {
  readonly fact: Fact
  readonly metric: Metric
  /** Which rows, after the noun; begins with a space unless empty. */
  readonly narrowed: string
  /** All rows asked about: "sales of the region North sold in 2024". */
  readonly subject: string
  /** "Total amount of sales sold in 2024". */
  readonly phrase: string
  readonly conditions: readonly string[]
  readonly taken: readonly Dimension[]
  readonly date: AskableDate | undefined
}

export interface SceneWishes {
  /** Percent of the scenes with a condition on a value. */
  readonly filtered: number
  /** Percent with one on the time. */
  readonly timed: number
  /** The metric is a sum or a count. */
  readonly addsUp?: boolean
  readonly needs?: (fact: Fact) => boolean
}

export function drawScene(setting: AnalysisSetting, wishes: SceneWishes): Scene | undefined {
  const { analysis, reach, random } = setting
  const fits = (fact: Fact) =>
    (wishes.needs?.(fact) ?? true) &&
    (reach === 'own' || fact.dimensions.some(({ isOwn }) => !isOwn))
  const fact = drawn(analysis.facts.filter(fits), random)
  if (!fact) return undefined
  const metric = drawMetric(fact, random, wishes.addsUp)
  const filter = random.chance(wishes.filtered) ? drawFilter(fact, metric, setting) : undefined
  const date = drawn(fact.dates, random)
  const period = date && random.chance(wishes.timed) ? drawPeriod(date, random) : undefined
  const time = date && period ? ` ${happening(date, period, random)}` : ''
  const narrowed = `${filter ? ` ${filter.text}` : ''}${time}`
  const subject = `${fact.table.plural}${narrowed}`
  return {
    fact,
    metric,
    narrowed,
    subject,
    phrase: `${metric.lead} of ${subject}`,
    conditions: [...(filter ? [filter.sql] : []), ...(period ? [period.sql] : [])],
    taken: filter?.dimension ? [filter.dimension] : [],
    date: period ? undefined : date,
  }
}

interface Filter {
  readonly text: string
  readonly sql: string
  readonly dimension?: Dimension
}

function drawFilter(
  fact: Fact,
  metric: Metric,
  { reach, random }: AnalysisSetting,
): Filter | undefined {
  const numbers = fact.numbers.filter(({ range, sql }) => range && !metric.sql.includes(sql))
  if (numbers.length > 0 && random.chance(15)) {
    const condition = numberCondition(random.pick(numbers), random)
    return { text: after(condition, random), sql: condition.sql }
  }
  const dimension = drawn(
    fact.dimensions.filter((each) => isNamable(each) && (reach === 'above' || each.isOwn)),
    random,
  )
  return dimension && filterBy(dimension, random)
}

export function filterBy(dimension: Dimension, random: Random): Filter {
  const { column, owner, isOwn, isOwner } = dimension
  if (isOwn) {
    const condition = conditionFor(column, random)
    return { text: after(condition, random), sql: condition.sql, dimension }
  }
  const value = random.pick(column.values)
  const said = sayValue(value, random)
  const { noun, plural } = owner
  const text = isOwner
    ? random.pick([
        `of the ${noun} ${said}`,
        `for the ${noun} ${said}`,
        `belonging to the ${noun} ${said}`,
        `of the ${noun} named ${said}`,
        `whose ${noun} is ${said}`,
      ])
    : random.pick([
        `whose ${noun} has the ${column.words} ${said}`,
        `of ${plural} with the ${column.words} ${said}`,
        `for ${plural} whose ${column.words} is ${said}`,
        `with the ${noun} ${column.words} ${said}`,
      ])
  return { text, sql: `${column.sql} = ${sqlText(value)}`, dimension }
}

/** Of another column than those taken; from above where the reach is that far. */
export function drawDimension(
  { fact, taken }: Pick<Scene, 'fact' | 'taken'>,
  { reach, random }: AnalysisSetting,
  more: readonly Dimension[] = [],
): Dimension | undefined {
  const known = [...taken, ...more]
  const free = fact.dimensions.filter(
    (each) =>
      (reach === 'above' || each.isOwn) &&
      !known.some((other) => other === each || (other.isOwner && other.owner === each.owner)),
  )
  const above = free.filter(({ isOwn }) => !isOwn)
  return drawn(reach === 'above' && random.chance(75) && above.length > 0 ? above : free, random)
}

export function whereSql(conditions: readonly string[]): string {
  return conditions.length > 0 ? ` where ${conditions.join(' and ')}` : ''
}
