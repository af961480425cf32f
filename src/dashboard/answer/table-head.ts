/** The head of a table: names that sort, and what the columns hold. */
import { html, nothing, type TemplateResult } from 'lit'
import type { ResultColumn } from '../../../data/database.js'
import type { Context } from '../context.js'
import type { CellFormatter } from '../text/format-cells.js'
import type { Sorting } from './arrange-rows.js'
import type { ColumnStatistics } from './column-statistics.js'

export function headCell(
  { name, kind, type }: ResultColumn,
  sorting: Sorting | undefined,
  onSort: () => void,
): TemplateResult {
  const direction = sorting?.direction
  return html`<th scope="col" data-kind=${kind} title=${type} aria-sort=${direction ?? nothing}>
    <button type="button" class="sort" data-direction=${direction ?? nothing} @click=${onSort}>${name}</button>
  </th>`
}

export function statisticsCell(
  { kind }: ResultColumn,
  statistics: ColumnStatistics,
  format: CellFormatter,
  { words, locale }: Context,
): TemplateResult {
  const { table } = words
  const { empty, distinct, least, most, mean, sum } = statistics
  const figure = (number: number | undefined) =>
    number === undefined ? undefined : locale.number(number, { maximumFractionDigits: 2 })
  const lines: readonly (readonly [string, string | undefined])[] = [
    [table.least, least === undefined ? undefined : format(least)],
    [table.most, most === undefined ? undefined : format(most)],
    [table.mean, figure(mean)],
    [table.sum, figure(sum)],
    [table.distinct, locale.number(distinct)],
    [table.empty, locale.number(empty)],
  ]
  return html`<td data-kind=${kind}>
    <dl class="statistics">
      ${lines.map(([name, value]) => (value === undefined ? nothing : html`<div><dt>${name}</dt><dd>${value}</dd></div>`))}
    </dl>
  </td>`
}
