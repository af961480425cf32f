/** Draws an answer's result in another way; the rows are not kept, so the answer's SQL runs again. */
import { buildFigure } from '../../agents/chart/build-figure.js'
import type { ChartKind } from '../../agents/chart/figure.js'
import { chooseKind, fittingKinds } from '../../agents/chart/fitting-kinds.js'
import { readSqlShape } from '../../agents/text/read-sql-shape.js'
import { findAnsweredSql } from './find-answered-sql.js'
import { type DrawnAgain, unknownKept } from './kept-results.js'
import type { KeptSources } from './kept-sources.js'

const changed = 'The data has changed since the answer: this chart shows it as it is now.'

export async function drawKeptAnswer(
  sources: KeptSources,
  answerId: string,
  kind: ChartKind,
  signal?: AbortSignal,
): Promise<DrawnAgain> {
  const answered = await findAnsweredSql(sources, answerId)
  if (!answered) return { ok: false, failure: unknownKept('answer') }
  const { sql, question, dataVersion } = answered
  const { database, limits } = sources
  const outcome = await database.query(sql, { signal, timeoutMs: limits?.queryMs })
  if (!outcome.ok) return outcome
  const { columns, rows } = outcome.result
  const input = { columns, rows, question, shape: readSqlShape(sql) }
  const choice = chooseKind(input, kind)
  if (!choice) {
    const message = `A ${kind.replaceAll('_', ' ')} does not fit this result.`
    return { ok: false, failure: { code: 'chart_unfit', message, hints: [...fittingKinds(input)] } }
  }
  const { figure, warnings } = buildFigure(choice)
  const isOther = dataVersion !== undefined && dataVersion !== (await database.version())
  return { ok: true, kind, figure, warnings: isOther ? [...warnings, changed] : warnings }
}
