/** One table of the schema: what it is, its columns and keys, and rows of it when they are asked for. */
import { html, nothing, type PropertyValues } from 'lit'
import { repeat } from 'lit/directives/repeat.js'
import type { Catalog, Column, Table } from '../../../../data/catalog.js'
import type { QueryResult } from '../../../../data/database.js'
import type { Description } from '../../../../data/store/handbook-store.js'
import '../../answer/parley-table.js'
import { problemView } from '../../answer/problem-view.js'
import { withDataset } from '../../context.js'
import { define, ParleyElement } from '../../parley-element.js'
import { RequestError } from '../../service/request-error.js'
import { columnItem, sourceText } from './column-item.js'
import { keysTo } from './keys-of.js'
import './parley-description.js'
import { schemaWords } from './schema-words.js'

/** More columns than this are worth a filter. */
const manyColumns = 12
const sampleCount = 10

type Samples = Pick<QueryResult, 'columns' | 'rows' | 'truncated'>

export class ParleySchemaTable extends ParleyElement {
  static override properties = {
    catalog: { attribute: false },
    table: { attribute: false },
    descriptions: { attribute: false },
    sought: { attribute: false },
    filter: { state: true },
    samples: { state: true },
    isLoading: { state: true },
    failure: { state: true },
  }
  declare catalog: Catalog
  declare table: Table
  declare descriptions: readonly Description[]
  /** The column to bring into sight. */
  declare sought: string | undefined
  declare filter: string
  declare samples: Samples | undefined
  declare isLoading: boolean
  declare failure: RequestError | undefined

  constructor() {
    super()
    this.filter = ''
    this.isLoading = false
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    const before: Table | undefined = changed.get('table')
    if (!changed.has('table') || before?.name === this.table.name) return
    this.filter = ''
    this.samples = undefined
    this.failure = undefined
  }

  protected override updated(changed: PropertyValues<this>): void {
    const before: Table | undefined = changed.get('table')
    if (changed.has('table') && before?.name !== this.table.name) this.reveal()
    else if (changed.has('sought')) this.reveal()
  }

  protected override render() {
    const { table, context } = this
    const { locale } = context
    const words = schemaWords(context)
    const { rowCount, columns, name } = table
    return html`<article class="schema-table" aria-labelledby="table-heading">
      <h3 id="table-heading" tabindex="-1"><bdi>${name}</bdi></h3>
      <p class="muted small">${words.rows(locale.number(rowCount), rowCount === 1)} ·
        ${words.columnCount(locale.number(columns.length), columns.length === 1)}</p>
      ${this.description()} ${this.ledToBy()} ${this.sampleRows()}
      <h4>${words.columns}</h4>
      ${columns.length > manyColumns ? this.filterField() : nothing}
      <ul class="schema-columns">
        ${repeat(
          this.shownColumns,
          (column) => column.name,
          (column) => this.column(column),
        )}
      </ul>
    </article>`
  }

  private description() {
    const written = this.writtenOf()
    return html`<parley-description
      .context=${this.context}
      .target=${{ table: this.table.name }}
      .source=${sourceText(this.table, written)}
      .written=${written}
      .aliases=${this.table.aliases ?? []}
    ></parley-description>`
  }

  private writtenOf(column?: string): Description | undefined {
    const { name } = this.table
    return this.descriptions.find((each) => each.table === name && each.column === column)
  }

  private ledToBy() {
    const keys = keysTo(this.catalog, this.table.name)
    if (keys.length === 0) return nothing
    return html`<p class="small led-to-by">${schemaWords(this.context).ledToBy}:
      ${keys.map(
        ({ from }) =>
          html`<button type="button" class="link" @click=${() => this.goTo(from.table, from.column)}>
            <bdi>${from.table}.${from.column}</bdi>
          </button> `,
      )}
    </p>`
  }

  private sampleRows() {
    const words = schemaWords(this.context)
    if (this.failure) return problemView(this.failure, this.context.words)
    if (!this.samples) {
      return html`<div class="panel-buttons">
        <button type="button" class="button button-small" ?disabled=${this.isLoading} @click=${this.readSamples}>
          ${this.isLoading ? words.loading : words.showSamples}
        </button>
      </div>`
    }
    const { columns, rows, truncated } = this.samples
    if (rows.length === 0) return html`<p class="muted" role="status">${words.noRows}</p>`
    const data = { columns, rows, rowCount: rows.length, truncated }
    return html`<h4>${words.sampleRows}</h4>
      <div class="sample-rows"><parley-table .data=${data} .context=${this.context}></parley-table></div>`
  }

  private filterField() {
    const words = schemaWords(this.context)
    return html`<input
      class="field schema-filter"
      type="search"
      placeholder=${words.filter}
      aria-label=${words.filter}
      .value=${this.filter}
      @input=${({ currentTarget }: Event) => {
        this.filter = (currentTarget as HTMLInputElement).value
      }}
    >`
  }

  private get shownColumns(): readonly Column[] {
    const wanted = this.filter.trim().toLowerCase()
    if (!wanted) return this.table.columns
    return this.table.columns.filter(({ name, comment = '' }) =>
      `${name}\n${comment}`.toLowerCase().includes(wanted),
    )
  }

  private column(column: Column) {
    const view = {
      catalog: this.catalog,
      table: this.table,
      written: this.writtenOf(column.name),
      isSought: column.name === this.sought,
      goTo: (table: string, target?: string) => this.goTo(table, target),
    }
    return columnItem(column, view, this.context)
  }

  private goTo(table: string, column?: string): void {
    const detail = { table, column }
    this.dispatchEvent(new CustomEvent('parley-table', { detail, bubbles: true }))
  }

  private reveal(): void {
    const columns = this.querySelectorAll<HTMLElement>('.schema-column')
    const sought = [...columns].find((each) => each.dataset.column === this.sought)
    this.querySelector<HTMLElement>('#table-heading')?.focus({ preventScroll: Boolean(sought) })
    sought?.scrollIntoView({ block: 'center' })
  }

  private async readSamples(): Promise<void> {
    const { context, table } = this
    const path = `/api/v1/schema/samples?limit=${sampleCount}&table=${encodeURIComponent(table.name)}`
    this.isLoading = true
    try {
      const samples = await context.service.getJson<Samples>(withDataset(path, context))
      if (this.table.name === table.name) this.samples = samples
    } catch (error) {
      if (!(error instanceof RequestError)) throw error
      if (this.table.name === table.name) this.failure = error
    } finally {
      this.isLoading = false
    }
    // The button that was pressed is gone.
    await this.updateComplete
    this.querySelector<HTMLElement>('.table-scroll')?.focus()
  }
}

define('parley-schema-table', ParleySchemaTable)
