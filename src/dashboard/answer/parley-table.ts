/** The result as a table: only the rows in sight are drawn; sorted and filtered as the reader likes. */
import { html, nothing, type PropertyValues } from 'lit'
import type { Value } from '../../../data/catalog.js'
import type { Turn } from '../chat/turn-state.js'
import { onPrinting } from '../page/printing.js'
import { define, ParleyElement } from '../parley-element.js'
import { type CellFormatter, cellFormatter } from '../text/format-cells.js'
import { type Arrangement, arrangeRows, nextSorting } from './arrange-rows.js'
import { columnStatistics } from './column-statistics.js'
import { columnWidths } from './column-widths.js'
import { type RowWindow, rowsInSight } from './rows-in-sight.js'
import { dataCell, spacer, tableNote } from './table-body.js'
import { headCell, statisticsCell } from './table-head.js'

type TableData = NonNullable<Turn['data']>

export interface CellPlace {
  readonly row: number
  readonly column: number
}

/** So few rows are seen at a glance. */
const fewRows = 3

export class ParleyTable extends ParleyElement {
  static override properties = {
    data: { attribute: false },
    label: { attribute: false },
    inSight: { state: true },
    arrangement: { state: true },
    showsStatistics: { state: true },
    found: { state: true },
    isPrinting: { state: true },
  }
  declare data: TableData
  /** Where a page shows several. */
  declare label: string | undefined
  declare inSight: RowWindow
  declare arrangement: Arrangement
  declare showsStatistics: boolean
  /** The cell that a number of the text was traced to. */
  declare found: CellPlace | undefined
  /** Then all rows are drawn. */
  declare isPrinting: boolean
  private stopListening: (() => void) | undefined
  private formatters: readonly CellFormatter[] = []
  private widths: readonly number[] = []
  private texts: string[] = []
  private order: readonly number[] = []
  /** A row can be measured once the table is shown. */
  private readonly sizes = new ResizeObserver(([entry]) => this.look(entry?.target as HTMLElement))

  constructor() {
    super()
    this.inSight = rowsInSight(0, 0, 0)
    this.arrangement = { filter: '' }
    this.showsStatistics = false
    this.isPrinting = false
  }

  override connectedCallback(): void {
    super.connectedCallback()
    this.stopListening = onPrinting((isPrinting) => {
      this.isPrinting = isPrinting
    })
  }

  /** Brings a cell of the result into sight and marks it. */
  async reveal(place: CellPlace): Promise<void> {
    if (!this.order.includes(place.row)) this.arrangement = { ...this.arrangement, filter: '' }
    this.found = place
    await this.updateComplete
    const region = this.querySelector<HTMLElement>('.table-scroll') as HTMLElement
    const above = this.order.indexOf(place.row) * this.inSight.rowHeight
    region.scrollTop = Math.max(0, above - region.clientHeight / 2)
    this.look(region)
    await this.updateComplete
    this.querySelector('.found')?.scrollIntoView({ block: 'nearest', inline: 'nearest' })
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback()
    this.stopListening?.()
    this.sizes.disconnect()
  }

  protected override firstUpdated(): void {
    this.sizes.observe(this.querySelector('.table-scroll') as HTMLElement)
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    const { columns, rows } = this.data
    const { locale, words } = this.context
    if (changed.has('data') || changed.has('context')) {
      this.formatters = columns.map((column, at) =>
        cellFormatter(column, this.valuesOf(at), locale, words.table),
      )
      this.widths = columnWidths(columns, rows, this.formatters)
      this.texts = []
    }
    if (changed.has('data') || changed.has('context') || changed.has('arrangement')) {
      const textOf = (place: number) => this.textOf(place)
      this.order = arrangeRows(rows, this.arrangement, textOf, locale.tag)
    }
  }

  protected override render() {
    const { words } = this.context
    const total = this.widths.reduce((sum, width) => sum + width, 0)
    return html`<div class="result">
      ${this.data.rows.length > fewRows ? this.tools() : nothing}
      <div
        class="table-scroll"
        tabindex="0"
        role="region"
        aria-label=${this.label ?? words.table.region}
        @scroll=${this.onScroll}
      >
        <table aria-rowcount=${this.order.length + 1} .style=${`width: max(100%, ${total}ch)`}>
          <colgroup>${this.widths.map((width) => html`<col .style=${`width: ${width}ch`}>`)}</colgroup>
          <thead>${this.head()}</thead>
          <tbody>${this.drawnRows()}</tbody>
        </table>
      </div>
      <p class="table-note" role="status">${this.note()}</p>
    </div>`
  }

  private tools() {
    const { table } = this.context.words
    return html`<div class="table-tools">
      <input
        class="field filter"
        type="search"
        placeholder=${table.filter}
        aria-label=${table.filter}
        @input=${this.onFilter}
      >
      <button
        type="button"
        class="button button-small"
        aria-pressed=${this.showsStatistics}
        @click=${this.onStatistics}
      >${table.statistics}</button>
    </div>`
  }

  private head() {
    const { columns } = this.data
    const { sorting } = this.arrangement
    const cells = columns.map((column, at) =>
      headCell(column, sorting?.column === at ? sorting : undefined, () => this.sortBy(at)),
    )
    return html`<tr aria-rowindex="1">${cells}</tr>
      ${this.showsStatistics ? html`<tr>${columns.map((_, at) => this.statistics(at))}</tr>` : nothing}`
  }

  private statistics(at: number) {
    const column = this.data.columns[at]
    const format = this.formatters[at]
    if (!column || !format) return nothing
    const values = this.order.map((place) => this.data.rows[place]?.[at] ?? null)
    return statisticsCell(column, columnStatistics(column, values), format, this.context)
  }

  /** Empty rows stand for what is above and below, so that the scroll bar tells the truth. */
  private drawnRows() {
    const count = this.order.length
    const { first, end, rowHeight } = this.isPrinting
      ? { first: 0, end: count, rowHeight: 0 }
      : this.inSight
    const last = Math.min(end, count)
    const start = Math.min(first, last)
    const rows = this.order.slice(start, last).map((place, at) => this.row(place, start + at))
    return html`${spacer(start * rowHeight)}${rows}${spacer((count - last) * rowHeight)}`
  }

  private row(place: number, position: number) {
    return html`<tr aria-rowindex=${position + 2}>${this.data.columns.map((_, at) => this.cell(place, at))}</tr>`
  }

  private cell(place: number, at: number) {
    const value = this.data.rows[place]?.[at] ?? null
    const isFound = this.found?.row === place && this.found.column === at
    const { noValue } = this.context.words.table
    return dataCell(value, this.data.columns[at]?.kind, this.formatters[at], isFound, noValue)
  }

  private note(): string {
    const count = this.arrangement.filter.trim() ? this.order.length : undefined
    return tableNote(this.data, count, this.context)
  }

  private valuesOf(at: number): readonly Value[] {
    return this.data.rows.map((row) => row[at] ?? null)
  }

  private textOf(place: number): string {
    const cells = () => this.data.rows[place] ?? []
    this.texts[place] ??= cells()
      .map((value, at) => (value === null ? '' : `${this.formatters[at]?.(value)}\t${value}`))
      .join('\t')
      .toLowerCase()
    return this.texts[place]
  }

  private sortBy(column: number): void {
    this.arrangement = {
      ...this.arrangement,
      sorting: nextSorting(this.arrangement.sorting, column),
    }
  }

  private onFilter({ currentTarget }: Event): void {
    this.arrangement = {
      ...this.arrangement,
      filter: (currentTarget as HTMLInputElement).value,
    }
  }

  private onStatistics(): void {
    this.showsStatistics = !this.showsStatistics
  }

  private onScroll({ currentTarget }: Event): void {
    this.look(currentTarget as HTMLElement)
  }

  private look({ scrollTop, clientHeight }: HTMLElement): void {
    // On paper nothing is out of sight.
    if (this.isPrinting) return
    const row = this.querySelector('tbody tr:not(.spacer)')
    // In fractions: what rounding loses adds up to a window over thousands of rows.
    const height = row?.getBoundingClientRect().height ?? 0
    const next = rowsInSight(scrollTop, clientHeight, height)
    const { first, end, rowHeight } = this.inSight
    if (next.first !== first || next.end !== end || next.rowHeight !== rowHeight)
      this.inSight = next
  }
}

define('parley-table', ParleyTable)
