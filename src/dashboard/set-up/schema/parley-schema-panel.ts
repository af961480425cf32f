/** `<parley-schema-panel>`: the tables of the chosen data, to search, to look into, and to describe. */
import { html, nothing, type PropertyValues } from 'lit'
import type { Catalog } from '../../../../data/catalog.js'
import type { Description } from '../../../../data/store/handbook-store.js'
import { problemView } from '../../answer/problem-view.js'
import { type Context, withDataset } from '../../context.js'
import { define } from '../../parley-element.js'
import { RequestError } from '../../service/request-error.js'
import { sheetOf } from '../../sheets.js'
import schema from '../../styles/set-up/schema.css'
import { PanelElement, panelSheets } from '../panel-element.js'
import { tellPage } from '../tell-page.js'
import './parley-schema-table.js'
import { schemaWords } from './schema-words.js'
import { type SchemaSearch, schemaSearch } from './search-schema.js'
import { tableList } from './table-list.js'

interface SchemaRead {
  readonly catalog: Catalog
  readonly descriptions: readonly Description[]
}

export class ParleySchemaPanel extends PanelElement {
  static override styles = [...panelSheets, sheetOf(schema)]
  static override properties = {
    ...PanelElement.properties,
    chosenTable: { attribute: false },
    schema: { state: true },
    query: { state: true },
    sought: { state: true },
    failure: { state: true },
  }
  /** The table that the address names; empty for none. */
  declare chosenTable: string
  declare schema: SchemaRead | undefined
  declare query: string
  declare sought: string | undefined
  declare failure: RequestError | undefined
  private search: SchemaSearch = () => []

  constructor() {
    super()
    this.chosenTable = ''
    this.query = ''
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    super.willUpdate(changed)
    if (changed.has('schema') && this.schema) this.search = schemaSearch(this.schema.catalog)
  }

  protected override render() {
    const words = schemaWords(this.context)
    if (this.failure) return this.problem(this.failure)
    if (!this.schema) return html`<p class="muted" role="status">${words.loading}</p>`
    const { catalog } = this.schema
    if (catalog.tables.length === 0) return html`<p class="muted">${words.noTables}</p>`
    return html`<div
      class="schema"
      data-part=${this.chosenTable || nothing}
      @parley-table=${({ detail }: CustomEvent<{ table: string; column?: string }>) =>
        this.goTo(detail.table, detail.column)}
      @parley-described=${({ detail }: CustomEvent<Description>) => this.onDescribed(detail)}
    >
      ${this.list(this.schema)}
      <div class="schema-detail">${this.chosenTable ? this.detail(this.schema) : html`<p class="muted schema-pick">${words.pick}</p>`}</div>
    </div>`
  }

  private problem(failure: RequestError) {
    const { again } = schemaWords(this.context)
    return html`${problemView(failure, this.context.words)}
      <div class="panel-buttons retry">
        <button type="button" class="button" @click=${() => this.read()}>${again}</button>
      </div>`
  }

  private list({ catalog, descriptions }: SchemaRead) {
    const words = schemaWords(this.context)
    const { number } = this.context.locale
    const found = this.search(this.query)
    const columns = catalog.tables.reduce((sum, table) => sum + table.columns.length, 0)
    const view = {
      found,
      chosen: this.chosenTable,
      described: new Set(descriptions.map(({ table }) => table)),
      goTo: (table: string, column?: string) => this.goTo(table, column),
    }
    return html`<nav class="schema-list" aria-label=${words.tables}>
      <input
        class="field"
        type="search"
        placeholder=${words.search}
        aria-label=${words.search}
        .value=${this.query}
        @input=${({ currentTarget }: Event) => {
          this.query = (currentTarget as HTMLInputElement).value
        }}
      >
      <p class="muted small" role="status">${
        this.query.trim() === ''
          ? words.count(number(catalog.tables.length), number(columns))
          : found.length === 0
            ? words.noneFound
            : words.matching(number(found.length))
      }</p>
      ${tableList(view, this.context)}
    </nav>`
  }

  private detail({ catalog, descriptions }: SchemaRead) {
    const words = schemaWords(this.context)
    const table = catalog.tables.find(({ name }) => name === this.chosenTable)
    return html`<button type="button" class="button button-small schema-back" @click=${() => this.goTo('')}>
        ← ${words.allTables}
      </button>
      ${
        table
          ? html`<parley-schema-table
              .context=${this.context}
              .catalog=${catalog}
              .table=${table}
              .descriptions=${descriptions}
              .sought=${this.sought}
            ></parley-schema-table>`
          : html`<p class="muted">${words.gone(this.chosenTable)}</p>`
      }`
  }

  private goTo(table: string, column?: string): void {
    this.sought = column
    const { dataset } = this.context
    const place = { dataset, conversation: '', view: 'set-up', panel: 'schema' } as const
    if (table !== this.chosenTable) tellPage(this, 'parley-place', { ...place, part: table })
  }

  protected override async read(): Promise<void> {
    this.schema = undefined
    this.failure = undefined
    await this.readQuietly()
  }

  private async readQuietly(): Promise<void> {
    const { context } = this
    const isCurrent = () => this.context.dataset === context.dataset
    try {
      const read = await readSchema(context)
      if (isCurrent()) this.schema = read
    } catch (error) {
      if (!(error instanceof RequestError)) throw error
      if (isCurrent()) this.failure = error
    }
  }

  /** What it changed is what everybody reads from now on, other names of the column among it. */
  private onDescribed(description: Description): void {
    const { schema } = this
    if (!schema) return
    const { table, column, text } = description
    const others = schema.descriptions.filter(
      (each) => each.table !== table || each.column !== column,
    )
    this.schema = { ...schema, descriptions: text ? [...others, description] : others }
    void this.readQuietly()
  }
}

async function readSchema(context: Context): Promise<SchemaRead> {
  const { service } = context
  type Told = { readonly descriptions: readonly Description[] }
  const [catalog, { descriptions }] = await Promise.all([
    service.getJson<Catalog>(withDataset('/api/v1/schema', context)),
    service.getJson<Told>(withDataset('/api/v1/schema/descriptions', context)),
  ])
  return { catalog, descriptions }
}

define('parley-schema-panel', ParleySchemaPanel)
