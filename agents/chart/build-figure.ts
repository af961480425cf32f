/** Turns a chart choice into Plotly's JSON: fixed trace types, escaped labels, no text from a model. */

import { cardFigure } from './card-figure.js'
import type { ChartChoice } from './chart-choice.js'
import type { Figure } from './figure.js'
import { heatMapFigure, histogramFigure, pieFigure, scatterFigure } from './other-figures.js'
import { seriesFigure } from './series-figure.js'
import { tableFigure } from './table-figure.js'

export interface BuiltFigure {
  readonly figure: Figure
  readonly warnings: readonly string[]
}

export function buildFigure(choice: ChartChoice): BuiltFigure {
  return { figure: figureOf(choice), warnings: choice.warnings }
}

function figureOf(choice: ChartChoice): Figure {
  switch (choice.kind) {
    case 'number':
      return cardFigure(choice.spec)
    case 'table':
      return tableFigure(choice.spec)
    case 'scatter':
      return scatterFigure(choice.spec)
    case 'histogram':
      return histogramFigure(choice.spec)
    case 'pie':
      return pieFigure(choice.spec)
    case 'heat_map':
      return heatMapFigure(choice.spec)
    default:
      return seriesFigure(choice.kind, choice.spec)
  }
}
