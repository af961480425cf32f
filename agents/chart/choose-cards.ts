/** One row of numbers: a card each, or two bars when they are the same thing in different periods. */
import { sentenceCase } from '../text/humanise.js'
import type { ChartChoice } from './chart-choice.js'
import { type ChartFacts, chartTitle, numberAt, numberStyle } from './chart-facts.js'
import { categoryLabel } from './column-roles.js'
import { sharedStem, withoutStem } from './compare-measures.js'

/** More numbers than this read better as a table. */
const maxCards = 4

export function chooseCards(facts: ChartFacts): ChartChoice | undefined {
  const { rows, measures, dimensions, aggregated } = facts
  const [row] = rows
  if (rows.length !== 1 || !row || measures.length === 0 || measures.length > maxCards)
    return undefined
  if (aggregated === false && measures.length + dimensions.length > 2) return undefined
  const stem = sharedStem(measures)
  if (stem !== undefined && dimensions.length === 0) return barsOf(facts, stem)
  const where = dimensions
    .map((column) => categoryLabel(column, row[column.index] ?? null))
    .join(', ')
  return {
    kind: 'number',
    warnings: [],
    spec: {
      title: where,
      cards: measures.map((measure) => ({
        label: sentenceCase(measure.label),
        value: numberAt(row, measure) ?? 0,
        style: numberStyle(measure, rows),
      })),
    },
  }
}

function barsOf({ rows: [row = []], rows, measures }: ChartFacts, stem: string): ChartChoice {
  return {
    kind: 'bar',
    warnings: [],
    spec: {
      title: chartTitle(measures, []),
      scale: 'category',
      positions: measures.map(({ label }) => withoutStem(label, stem)),
      series: [
        { name: sentenceCase(stem), values: measures.map((measure) => numberAt(row, measure)) },
      ],
      positionTitle: '',
      valueTitle: sentenceCase(stem),
      seriesTitle: '',
      style: numberStyle(measures[0]!, rows),
      horizontal: false,
    },
  }
}
