/** What is known of one kind: a list to search, to add to, to change and to take from. */
import { html, nothing, type PropertyValues } from 'lit'
import { repeat } from 'lit/directives/repeat.js'
import type { Catalog } from '../../../../data/catalog.js'
import { problemView } from '../../answer/problem-view.js'
import { type Context, withDataset } from '../../context.js'
import type { KnowledgeWords } from '../../messages/set-up/knowledge/en.js'
import { define, ParleyElement } from '../../parley-element.js'
import { RequestError } from '../../service/request-error.js'
import '../../keep/parley-confirm.js'
import type { ParleyConfirm } from '../../keep/parley-confirm.js'
import type { Entry, EntryKind } from './entry-kind.js'
import './parley-entry-form.js'

/** How many more are shown at a time. */
const page = 50

export class ParleyEntries extends ParleyElement {
  static override properties = {
    ...ParleyElement.properties,
    kind: { attribute: false },
    entries: { attribute: false },
    catalog: { attribute: false },
    words: { attribute: false },
    search: { state: true },
    most: { state: true },
    edited: { state: true },
    problem: { state: true },
  }
  declare kind: EntryKind
  /** Absent until they are read. */
  declare entries: readonly Entry[] | undefined
  declare catalog: Catalog | undefined
  declare words: KnowledgeWords
  declare search: string
  declare most: number
  /** The id of the one in the form; empty for a new one. */
  declare edited: string | undefined
  declare problem: RequestError | undefined

  constructor() {
    super()
    this.search = ''
    this.most = page
  }

  /** What was looked for and begun belongs to the data that was left. */
  protected override willUpdate(changed: PropertyValues<this>): void {
    const before: Context | undefined = changed.get('context')
    if (!before || before.dataset === this.context.dataset) return
    this.search = ''
    this.edited = undefined
    this.problem = undefined
  }

  protected override render() {
    const { words, kind, entries = [] } = this
    const found = entries.filter((entry) => this.isFound(entry))
    return html`<div
      class="entries"
      aria-busy=${this.entries === undefined}
      @parley-entry-left=${this.onLeft}
      @parley-entry-kept=${this.onKept}
    >
      <div class="entries-bar">
        <input
          class="field"
          type="search"
          aria-label=${words.search[kind.name]}
          placeholder=${words.search[kind.name]}
          .value=${this.search}
          @input=${this.onSearch}
        >
        <button type="button" class="button button-small entries-add" @click=${() => this.edit('')}>
          ${words.add[kind.name]}
        </button>
      </div>
      ${this.problem ? problemView(this.sayable(this.problem), this.context.words) : nothing}
      ${this.edited === '' ? this.form(undefined) : nothing}
      <p class="muted" role="status">${this.note(found.length)}</p>
      <ul class="entry-list">
        ${repeat(
          found.slice(0, this.most),
          ({ id }) => id,
          (entry) =>
            html`<li class="entry">${entry.id === this.edited ? this.form(entry) : this.item(entry)}</li>`,
        )}
      </ul>
      ${found.length > this.most ? this.more() : nothing}
      <parley-confirm .context=${this.context}></parley-confirm>
    </div>`
  }

  private note(found: number): string {
    const { words, kind, entries, search } = this
    if (!entries) return words.reading
    if (entries.length === 0) return this.edited === '' ? '' : words.none[kind.name]
    return search && found === 0 ? words.noneFound : ''
  }

  private form(entry: Entry | undefined) {
    if (!this.catalog) return nothing
    return html`<parley-entry-form
      .kind=${this.kind}
      .entry=${entry}
      .catalog=${this.catalog}
      .words=${this.words}
      .context=${this.context}
    ></parley-entry-form>`
  }

  private item(entry: Entry) {
    const { words, context } = this
    const { id, title, at, by, isOwn } = entry
    const parts = [context.locale.moment(at), by && words.by(by), isOwn && words.own]
    return html`<h3>${title}</h3>
      ${this.kind.view(entry.draft, words)}
      <div class="entry-foot">
        <span class="muted">${parts.filter(Boolean).join(' · ')}</span>
        <span class="entry-buttons">
          <button
            type="button"
            class="button button-small"
            data-edit=${id}
            aria-label=${words.edit(title)}
            @click=${() => this.edit(id)}
          >${words.editShort}</button>
          <button
            type="button"
            class="button button-small"
            aria-label=${words.remove(title)}
            @click=${() => this.takeAway(entry)}
          >${words.removeShort}</button>
        </span>
      </div>`
  }

  private more() {
    const show = () => {
      this.most += page
    }
    return html`<button type="button" class="button button-small" @click=${show}>${this.words.more}</button>`
  }

  private isFound({ draft }: Entry): boolean {
    const all = Object.values(draft).join(' ').toLowerCase()
    return this.search
      .toLowerCase()
      .split(/\s+/)
      .every((word) => all.includes(word))
  }

  private sayable({ code, message, hints }: RequestError) {
    return { code, hints, message: code === 'forbidden' ? this.words.forbidden : message }
  }

  private onSearch({ currentTarget }: Event): void {
    this.search = (currentTarget as HTMLInputElement).value
    this.most = page
  }

  private edit(id: string): void {
    this.problem = undefined
    this.edited = id
  }

  private onLeft(event: Event): void {
    event.stopPropagation()
    void this.leave()
  }

  private onKept(event: Event): void {
    event.stopPropagation()
    this.tellChanged()
    void this.leave()
  }

  /** The focus goes back to where the form was opened. */
  private async leave(): Promise<void> {
    const { edited } = this
    this.edited = undefined
    await this.updateComplete
    const button = edited ? `[data-edit="${CSS.escape(edited)}"]` : '.entries-add'
    this.querySelector<HTMLElement>(button)?.focus()
  }

  private async takeAway({ id, title }: Entry): Promise<void> {
    const { words, kind, context } = this
    const confirm = this.querySelector('parley-confirm') as ParleyConfirm
    const isSure = await confirm.ask(
      words.removeHeading[kind.name],
      words.removeWarning(title),
      words.removeShort,
    )
    if (!isSure) return
    this.problem = undefined
    try {
      const path = `${kind.path}/${encodeURIComponent(id)}`
      await context.service.sendJson('DELETE', withDataset(path, context))
      this.tellChanged()
    } catch (error) {
      if (!(error instanceof RequestError)) throw error
      this.problem = error
    }
    this.querySelector<HTMLElement>('.entries-add')?.focus()
  }

  private tellChanged(): void {
    this.dispatchEvent(new CustomEvent('parley-knowledge', { bubbles: true }))
  }
}

define('parley-entries', ParleyEntries)
