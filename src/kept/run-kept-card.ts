/** Runs a card's SQL again, on the rows that the board's filters leave, and draws it. */
import { buildFigure } from '../../agents/chart/build-figure.js'
import type { ChartChoice } from '../../agents/chart/chart-choice.js'
import type { ChartInput } from '../../agents/chart/chart-facts.js'
import { chooseChart } from '../../agents/chart/choose-chart.js'
import { chooseKind, fittingKinds } from '../../agents/chart/fitting-kinds.js'
import { readSqlShape } from '../../agents/text/read-sql-shape.js'
import type { FilteredSql, RowFilters } from '../../data/filters/row-filters.js'
import { weaveFilters } from '../../data/filters/weave-filters.js'
import type { Card } from '../../data/store/app-store.js'
import { type CardRun, unknownKept } from './kept-results.js'
import type { KeptSources } from './kept-sources.js'

export async function runKeptCard(
  sources: KeptSources,
  cardId: string,
  filters: RowFilters,
  signal?: AbortSignal,
): Promise<CardRun> {
  const { conversations, scope, catalog } = sources
  const card = (await conversations.store.cards(scope)).find(({ id }) => id === cardId)
  if (!card) return { ok: false, failure: unknownKept('card') }
  const isFiltered = Object.values(filters).some((filter) => filter !== undefined)
  const unfiltered: FilteredSql = { sql: card.sql, verdicts: [] }
  const filtered = isFiltered ? weaveFilters(card.sql, filters, await catalog()) : unfiltered
  const { sql, verdicts, outcome } = await runFiltered(sources, card, filtered, signal)
  if (!outcome.ok) return outcome
  const { columns, rows, rowCount, truncated, elapsedMs } = outcome.result
  const question = card.question ?? card.title
  const input = { columns, rows, question, shape: readSqlShape(card.sql) }
  const choice = choiceFor(card, input)
  const { figure, warnings } = buildFigure(choice)
  return {
    ok: true,
    ...{ sql, columns, rows, rowCount, truncated, figure, warnings, elapsedMs },
    chartKind: choice.kind,
    chartKinds: fittingKinds(input),
    filters: verdicts,
    ranAt: new Date().toISOString(),
  }
}

/** Where the engine does not take the SQL with the filters in it, it runs without them, and that is said. */
async function runFiltered(
  { database, limits }: KeptSources,
  card: Card,
  { sql, verdicts }: FilteredSql,
  signal: AbortSignal | undefined,
) {
  const options = { signal, timeoutMs: limits?.queryMs }
  const outcome = await database.query(sql, options)
  const isMisfit = !outcome.ok && ['sql_invalid', 'sql_refused'].includes(outcome.failure.code)
  if (!isMisfit || sql === card.sql) return { sql, verdicts, outcome }
  const reason = 'The SQL does not run with it.'
  return {
    sql: card.sql,
    verdicts: verdicts.map(({ filter }) => ({ filter, columns: [], reason })),
    outcome: await database.query(card.sql, options),
  }
}

/** The card's own kind while it fits. */
function choiceFor({ chartKind }: Card, input: ChartInput): ChartChoice {
  const kind = fittingKinds(input).find((fitting) => fitting === chartKind)
  return (kind && chooseKind(input, kind)) ?? chooseChart(input)
}
