/** The parts of a report that measure something else than answers: retrieval, charts and samples. */
import type { EvaluatedItem } from './evaluated-item.js'
import type { RetrievalRanks } from './retrieval-ranks.js'
import { countBy, type Tallies, type Tally, tally } from './tally.js'

/** How many of the first hits are looked at. */
const recallDepths = [1, 3, 5, 10] as const

/** By depth: gold tables and columns found among the first so many, of all gold tables and columns. */
export interface RecallReport {
  readonly tables: Tallies
  readonly columns: Tallies
}

export function recallOf(ranks: readonly RetrievalRanks[]): RecallReport {
  const within = (all: readonly (number | null)[]): Tallies =>
    Object.fromEntries(
      recallDepths.map((depth) => [depth, tally(all, (rank) => rank !== null && rank <= depth)]),
    )
  return {
    tables: within(ranks.flatMap(({ tables }) => tables)),
    columns: within(ranks.flatMap(({ columns }) => columns)),
  }
}

type Chart = NonNullable<EvaluatedItem['chart']>

export interface ChartReport {
  /** The very kind that was expected. */
  readonly same: Tally
  /** A kind that shows the same: bars beside each other for bars upon each other, an area for a line. */
  readonly alike: Tally
  /** `bar → line` and how often. */
  readonly pairs: Readonly<Record<string, number>>
}

const families: Readonly<Record<string, string>> = {
  bar: 'bars',
  grouped_bar: 'bars',
  stacked_bar: 'bars',
  line: 'line',
  area: 'line',
}

export function chartsOf(charts: readonly Chart[]): ChartReport {
  const family = (kind: string) => families[kind] ?? kind
  return {
    same: tally(charts, ({ expected, drawn }) => expected === drawn),
    alike: tally(charts, ({ expected, drawn }) => family(expected) === family(drawn)),
    pairs: countBy(charts.map(({ expected, drawn }) => `${expected} → ${drawn}`)),
  }
}

export interface SamplesReport {
  /** Questions for which a model wrote something. */
  readonly questions: number
  /** Texts for each of them. */
  readonly mean: number
}

export function samplesOf(items: readonly EvaluatedItem[]): SamplesReport {
  const counts = items.flatMap(({ samples }) => samples ?? [])
  const total = counts.reduce((sum, count) => sum + count, 0)
  return { questions: counts.length, mean: counts.length === 0 ? 0 : total / counts.length }
}
