/** One column: its type and keys, what is in it, what is said of it. */
import { html, nothing, type TemplateResult } from 'lit'
import type { Catalog, Column, Relationship, Table } from '../../../../data/catalog.js'
import type { Description } from '../../../../data/store/handbook-store.js'
import type { Context } from '../../context.js'
import { cellFormatter } from '../../text/format-cells.js'
import { keysFrom } from './keys-of.js'
import { schemaWords } from './schema-words.js'

export interface ColumnView {
  readonly catalog: Catalog
  readonly table: Table
  readonly written: Description | undefined
  /** Whether it is the one that was looked for. */
  readonly isSought: boolean
  readonly goTo: (table: string, column?: string) => void
}

/** So many values, and so many characters of one, tell what a column holds. */
const maxValues = 12
const maxValueLength = 60

export function columnItem(column: Column, view: ColumnView, context: Context): TemplateResult {
  const { table, written } = view
  return html`<li class="schema-column" data-column=${column.name} data-sought=${view.isSought || nothing}>
    <div class="column-head">
      <h5><bdi>${column.name}</bdi></h5>
      <code class="muted small"><bdi>${column.type}</bdi></code>
      ${marks(column, table, context)}
      ${keysFrom(view.catalog, table.name, column.name).map((key) => keyLink(key, view, context))}
    </div>
    ${profile(column, context)}
    <parley-description
      .context=${context}
      .target=${{ table: table.name, column: column.name }}
      .source=${sourceText(column, written)}
      .written=${written}
      .aliases=${column.aliases ?? []}
    ></parley-description>
  </li>`
}

/** The database's own words: they stand in the comment while nobody wrote others. */
export function sourceText(
  { comment, sourceComment }: Pick<Column, 'comment' | 'sourceComment'>,
  written: Description | undefined,
): string | undefined {
  return written ? sourceComment : comment
}

function marks({ name, unique, nullable }: Column, { primaryKey }: Table, context: Context) {
  const words = schemaWords(context)
  const isKey = primaryKey.includes(name)
  const told = [
    ...(isKey ? [words.key] : []),
    ...(unique && !(isKey && primaryKey.length === 1) ? [words.unique] : []),
    ...(nullable ? [words.nullable] : []),
  ]
  return told.map((mark) => html`<span class="mark">${mark}</span>`)
}

function keyLink({ to, origin, evidence }: Relationship, { goTo }: ColumnView, context: Context) {
  const words = schemaWords(context)
  const target = `${to.table}.${to.column}`
  return html`<button
    type="button"
    class="link small"
    aria-label=${words.leadsTo(target)}
    title=${origin === 'inferred' ? `${words.inferred}${evidence ? `: ${evidence}` : ''}` : nothing}
    @click=${() => goTo(to.table, to.column)}
  >→ <bdi>${target}</bdi></button>`
}

/** Numbers and dates by their ends, words by the words. */
function profile(column: Column, context: Context) {
  const { kind, distinctCount, values, samples, min, max } = column
  const words = schemaWords(context)
  const { locale } = context
  const ends = min !== undefined && max !== undefined ? [min, max] : []
  const format = cellFormatter(column, ends, locale, context.words.table)
  const [least, most] = ends.map((end) => cut(format(end)))
  const isMeasured = kind === 'number' || kind === 'date' || kind === 'timestamp'
  const some = values ?? samples
  const shown = isMeasured && ends.length > 0 ? [] : some.slice(0, maxValues)
  const rest = values ? values.length - shown.length : 0
  return html`<p class="column-profile muted small">
    ${least !== undefined && most !== undefined ? html`<span><bdi>${words.range(least, most)}</bdi></span>` : nothing}
    ${distinctCount === undefined ? nothing : html`<span>${words.different(locale.number(distinctCount))}</span>`}
    ${
      shown.length > 0
        ? html`<span>${values ? words.values : words.samples}: ${shown.map(
            (value) => html`<bdi class="value">${cut(value)}</bdi> `,
          )}${values && rest > 0 ? words.more(locale.number(rest)) : nothing}</span>`
        : nothing
    }
  </p>`
}

function cut(value: string): string {
  return value.length > maxValueLength ? `${value.slice(0, maxValueLength)}…` : value
}
