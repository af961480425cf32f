/** The kinds of chart that fit a result: those that the rules draw when each is asked for, and that show something. */
import type { ChartChoice } from './chart-choice.js'
import { type ChartInput, readChartFacts } from './chart-facts.js'
import { choiceOfKind } from './choose-chart.js'
import type { ChartKind } from './figure.js'

const kinds: readonly ChartKind[] = [
  'number',
  'bar',
  'grouped_bar',
  'stacked_bar',
  'line',
  'area',
  'scatter',
  'histogram',
  'pie',
  'heat_map',
  'table',
]

/** Always in the same order; none for a result without rows. */
export function fittingKinds(input: ChartInput): readonly ChartKind[] {
  const facts = readChartFacts(input)
  return kinds.filter((kind) => choiceOfKind(input, facts, kind) !== undefined)
}

/** Undefined for a kind that does not fit. */
export function chooseKind(input: ChartInput, kind: ChartKind): ChartChoice | undefined {
  return choiceOfKind(input, readChartFacts(input), kind)
}
