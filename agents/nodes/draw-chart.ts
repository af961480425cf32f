/** Chooses and builds the figure from the SQL's shape and the result. */
import { buildFigure } from '../chart/build-figure.js'
import { chooseChart } from '../chart/choose-chart.js'
import { fittingKinds } from '../chart/fitting-kinds.js'
import { readSqlShape } from '../text/read-sql-shape.js'
import { traced } from '../traced.js'

export function drawChart() {
  return traced('drawChart', 'charting', (state, { emit }) => {
    const { result, sql } = state
    if (!result || sql === undefined) return { update: {}, summary: 'There is nothing to draw.' }
    const question = state.rewrittenQuestion ?? state.question
    const { columns, rows } = result
    const input = { columns, rows, question, shape: readSqlShape(sql) }
    const choice = chooseChart(input)
    const kinds = fittingKinds(input)
    const { figure, warnings } = buildFigure(choice)
    emit({ type: 'chart', kind: choice.kind, kinds, figure })
    for (const message of warnings) emit({ type: 'warning', message })
    return {
      update: {
        drawing: { kind: choice.kind, kinds, figure },
        ...(warnings.length > 0 ? { warnings } : {}),
      },
      summary: `Drawn as ${choice.kind.replaceAll('_', ' ')}.`,
    }
  })
}
