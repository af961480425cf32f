/** The tables of the schema, or those that were found, with the columns that were. */
import { html, nothing, type TemplateResult } from 'lit'
import { repeat } from 'lit/directives/repeat.js'
import type { Context } from '../../context.js'
import { schemaWords } from './schema-words.js'
import type { FoundTable } from './search-schema.js'

/** Of one table, so many columns are shown that were found. */
const maxColumns = 5

export interface TableListView {
  readonly found: readonly FoundTable[]
  readonly chosen: string
  /** Names of tables that people described. */
  readonly described: ReadonlySet<string>
  readonly goTo: (table: string, column?: string) => void
}

export function tableList(view: TableListView, context: Context): TemplateResult {
  return html`<ul class="table-list">
    ${repeat(
      view.found,
      ({ table }) => table.name,
      (each) => tableItem(each, view, context),
    )}
  </ul>`
}

function tableItem({ table, columns }: FoundTable, view: TableListView, context: Context) {
  const words = schemaWords(context)
  const { number } = context.locale
  const { name, rowCount } = table
  const shown = columns.slice(0, maxColumns)
  const rest = columns.length - shown.length
  return html`<li>
    <button
      type="button"
      class="table-link"
      aria-current=${name === view.chosen || nothing}
      @click=${() => view.goTo(name)}
    >
      <bdi>${name}</bdi>
      <span class="muted small">${words.rows(number(rowCount), rowCount === 1)}${
        view.described.has(name) ? ` · ${words.described}` : nothing
      }</span>
    </button>
    ${
      shown.length > 0
        ? html`<ul class="found-columns">
            ${shown.map(
              (column) =>
                html`<li><button type="button" class="link small" @click=${() => view.goTo(name, column.name)}>
                  <bdi>${column.name}</bdi>
                </button></li>`,
            )}
            ${rest > 0 ? html`<li class="muted small">${words.more(number(rest))}</li>` : nothing}
          </ul>`
        : nothing
    }
  </li>`
}
