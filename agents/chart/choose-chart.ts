/** Picks a chart from the SQL's shape, the result and what was asked; a table is always a valid answer. */
import type { ChartChoice } from './chart-choice.js'
import { type ChartFacts, type ChartInput, chartTitle, readChartFacts } from './chart-facts.js'
import { chooseCards } from './choose-cards.js'
import { chooseHistogram, chooseScatter } from './choose-points.js'
import { chooseSeries } from './choose-series.js'
import { chooseTwoWay } from './choose-two-way.js'
import type { ChartKind } from './figure.js'

/** First rule that fits wins. Sources of the rules: CompassQL's mark scores and Draco's hard constraints. */
const rules: readonly ((facts: ChartFacts) => ChartChoice | undefined)[] = [
  chooseCards,
  chooseHistogram,
  chooseScatter,
  chooseSeries,
  chooseTwoWay,
]

export function chooseChart(input: ChartInput): ChartChoice {
  const facts = readChartFacts(input)
  const choice = isTableBetter(facts) ? undefined : firstFit(facts)
  if (!choice) return tableOf(input, facts)
  const { kind } = facts.request
  if (!kind || choice.kind === kind || choice.kind === 'number') return choice
  const asked = kind.replaceAll('_', ' ')
  return {
    ...choice,
    warnings: [
      ...choice.warnings,
      `A ${asked} does not fit this result, so another chart is drawn.`,
    ],
  }
}

/** What the rules draw when just this kind is asked for; undefined when none of them can. */
export function choiceOfKind(
  input: ChartInput,
  facts: ChartFacts,
  kind: ChartKind,
): ChartChoice | undefined {
  if (input.rows.length === 0) return undefined
  if (kind === 'table') return tableOf(input, facts)
  const request = { kind, share: false, relation: false, spread: false, comparison: false }
  return firstFit({ ...facts, request }, kind)
}

/** An empty chart fits nothing. */
function firstFit(facts: ChartFacts, kind?: ChartKind): ChartChoice | undefined {
  for (const rule of rules) {
    const choice = rule(facts)
    const isWanted = kind === undefined || choice?.kind === kind
    if (choice && isWanted && showsSomething(choice)) return choice
  }
  return undefined
}

function showsSomething(choice: ChartChoice): boolean {
  switch (choice.kind) {
    case 'number':
      return choice.spec.cards.length > 0
    case 'table':
      return choice.spec.rows.length > 0
    case 'scatter':
      return choice.spec.groups.some(({ y }) => y.length > 0)
    case 'histogram':
      return choice.spec.bins.length > 0
    default:
      return choice.spec.series.some(({ values }) => values.some((value) => value !== null))
  }
}

/** Listings of raw rows with many columns say more as a table than any chart of one of them. */
function isTableBetter({ rows, roles, request, aggregated, ordered }: ChartFacts): boolean {
  if (rows.length === 0 || request.kind === 'table') return true
  const telling = roles.filter(({ role }) => role !== 'identifier').length
  const asked = request.kind !== undefined || request.relation || request.spread
  return aggregated === false && !asked && telling > (ordered ? 3 : 2)
}

function tableOf(
  { columns, rows }: ChartInput,
  { roles, measures, dimensions, aggregated }: ChartFacts,
): ChartChoice {
  return {
    kind: 'table',
    warnings: [],
    spec: {
      title:
        aggregated && measures.length > 0 && measures.length < 4
          ? chartTitle(measures, dimensions)
          : '',
      headings: roles.map(({ label }) => label),
      rows,
      numeric: columns.map(({ kind }) => kind === 'number'),
    },
  }
}
