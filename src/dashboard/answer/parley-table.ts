/** The result as a table: only the rows in sight are drawn, a head that stays, a plain word when rows were cut. */
import { html, nothing, type PropertyValues } from 'lit'
import type { Value } from '../../../data/catalog.js'
import type { ResultColumn } from '../../../data/database.js'
import type { Turn } from '../chat/turn-state.js'
import { define, ParleyElement } from '../parley-element.js'
import { type CellFormatter, cellFormatter } from '../text/format-cells.js'
import { columnWidths } from './column-widths.js'
import { rowsOf } from './facts.js'
import { type RowWindow, rowsInSight } from './rows-in-sight.js'

type TableData = NonNullable<Turn['data']>

/** A cell shows no more than this many characters; its title has the rest. */
const maxShownLength = 300

export class ParleyTable extends ParleyElement {
  static override properties = { data: { attribute: false }, inSight: { state: true } }
  declare data: TableData
  declare inSight: RowWindow
  private formatters: readonly CellFormatter[] = []
  private widths: readonly number[] = []

  constructor() {
    super()
    this.inSight = rowsInSight(0, 0, 0)
  }

  protected override willUpdate(changed: PropertyValues): void {
    if (!changed.has('data') && !changed.has('context')) return
    const { columns, rows } = this.data
    const { locale, words } = this.context
    this.formatters = columns.map((column, at) =>
      cellFormatter(
        column,
        rows.map((row) => row[at] ?? null),
        locale,
        words.table,
      ),
    )
    this.widths = columnWidths(columns, rows, this.formatters)
  }

  protected override render() {
    const { columns, rows } = this.data
    const { words } = this.context
    const total = this.widths.reduce((sum, width) => sum + width, 0)
    return html`<div class="result">
      <div class="table-scroll" tabindex="0" role="region" aria-label=${words.table.region} @scroll=${this.onScroll}>
        <table aria-rowcount=${rows.length + 1} .style=${`width: max(100%, ${total}ch)`}>
          <colgroup>${this.widths.map((width) => html`<col .style=${`width: ${width}ch`}>`)}</colgroup>
          <thead><tr aria-rowindex="1">${columns.map(headOf)}</tr></thead>
          <tbody>${this.drawnRows()}</tbody>
        </table>
      </div>
      <p class="table-note"><span>${this.note()}</span></p>
    </div>`
  }

  /** Empty rows stand for what is above and below, so that the scroll bar tells the truth. */
  private drawnRows() {
    const { rows } = this.data
    const { first, end, rowHeight } = this.inSight
    const last = Math.min(end, rows.length)
    const above = first * rowHeight
    const below = (rows.length - last) * rowHeight
    return html`${spacer(above)}${rows.slice(first, last).map((row, at) => this.row(row, first + at))}${spacer(below)}`
  }

  private row(row: readonly Value[], index: number) {
    return html`<tr aria-rowindex=${index + 2}>${this.data.columns.map(({ kind }, at) => this.cell(row[at] ?? null, kind, at))}</tr>`
  }

  private cell(value: Value, kind: ResultColumn['kind'], at: number) {
    if (value === null) {
      return html`<td data-kind=${kind} class="empty" title=${this.context.words.table.noValue}>–</td>`
    }
    const text = this.formatters[at]?.(value) ?? ''
    const shown = text.length > maxShownLength ? `${text.slice(0, maxShownLength)}…` : text
    return html`<td data-kind=${kind} title=${text.length > 30 ? text : nothing}>${shown}</td>`
  }

  private note(): string {
    const { rowCount, truncated } = this.data
    const { words, locale } = this.context
    if (rowCount === 0) return words.table.none
    const count = rowsOf(rowCount, words, locale)
    return truncated ? words.table.cut(count) : `${count}.`
  }

  private onScroll({ currentTarget }: Event): void {
    const { scrollTop, clientHeight } = currentTarget as HTMLElement
    const rowHeight = this.querySelector<HTMLElement>('tbody tr:not(.spacer)')?.offsetHeight ?? 0
    const next = rowsInSight(scrollTop, clientHeight, rowHeight)
    const { first, end } = this.inSight
    if (next.first !== first || next.end !== end) this.inSight = next
  }
}

function headOf({ name, kind, type }: ResultColumn) {
  return html`<th scope="col" data-kind=${kind} title=${type}>${name}</th>`
}

function spacer(height: number) {
  if (height <= 0) return nothing
  return html`<tr class="spacer" aria-hidden="true" .style=${`height: ${height}px`}></tr>`
}

define('parley-table', ParleyTable)
