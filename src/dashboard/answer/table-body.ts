/** The body of a table, cell by cell, and what is said of it below. */
import { html, nothing, type TemplateResult } from 'lit'
import type { Value } from '../../../data/catalog.js'
import type { ResultColumn } from '../../../data/database.js'
import type { Turn } from '../chat/turn-state.js'
import type { Context } from '../context.js'
import type { CellFormatter } from '../text/format-cells.js'
import { rowsOf } from './facts.js'

/** A cell shows no more than this many characters; from the second on its title has the rest. */
const maxShownLength = 300
const maxPlainLength = 30

export function dataCell(
  value: Value,
  kind: ResultColumn['kind'] | undefined,
  format: CellFormatter | undefined,
  isFound: boolean,
  noValue: string,
): TemplateResult {
  const isEmpty = value === null
  const text = isEmpty ? '–' : (format?.(value) ?? '')
  const shown = text.length > maxShownLength ? `${text.slice(0, maxShownLength)}…` : text
  return html`<td
    data-kind=${kind ?? nothing}
    class=${isFound ? 'found' : isEmpty ? 'empty' : nothing}
    aria-current=${isFound || nothing}
    title=${isEmpty ? noValue : text.length > maxPlainLength ? text : nothing}
  >${shown}</td>`
}

/** An empty row as high as the rows that it stands for, in pixels. */
export function spacer(height: number): TemplateResult | typeof nothing {
  if (height <= 0) return nothing
  return html`<tr class="spacer" aria-hidden="true" .style=${`height: ${height}px`}></tr>`
}

/** `matching` is how many rows a filter leaves, where there is one. */
export function tableNote(
  { rowCount, truncated }: NonNullable<Turn['data']>,
  matching: number | undefined,
  { words, locale }: Context,
): string {
  if (rowCount === 0) return words.table.none
  const count = rowsOf(rowCount, words, locale)
  const all = truncated ? words.table.cut(count) : `${count}.`
  if (matching === undefined) return all
  return `${words.table.matching(rowsOf(matching, words, locale))} ${all}`
}
