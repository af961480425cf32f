/** A form for one document, term or approved pair: a new one, or one that is changed. */
import { html, nothing } from 'lit'
import type { Catalog } from '../../../../data/catalog.js'
import { problemView } from '../../answer/problem-view.js'
import type { KnowledgeWords } from '../../messages/set-up/knowledge/en.js'
import { define, ParleyElement } from '../../parley-element.js'
import { RequestError } from '../../service/request-error.js'
import type { Draft } from './draft.js'
import type { DraftForm, Entry, EntryKind } from './entry-kind.js'
import { placeComplaints } from './place-complaints.js'

let forms = 0

export class ParleyEntryForm extends ParleyElement {
  static override properties = {
    ...ParleyElement.properties,
    kind: { attribute: false },
    entry: { attribute: false },
    catalog: { attribute: false },
    words: { attribute: false },
    changes: { state: true },
    complaints: { state: true },
    problem: { state: true },
    isSending: { state: true },
  }
  declare kind: EntryKind
  /** Absent for a new one. */
  declare entry: Entry | undefined
  declare catalog: Catalog
  declare words: KnowledgeWords
  declare changes: Draft
  declare complaints: Draft
  declare problem: RequestError | undefined
  declare isSending: boolean
  private readonly formId: string

  constructor() {
    super()
    forms += 1
    this.formId = `entry-${forms}`
    this.changes = {}
    this.complaints = {}
    this.isSending = false
  }

  protected override firstUpdated(): void {
    this.querySelector<HTMLElement>('input, textarea')?.focus()
  }

  protected override render() {
    const { kind, entry, words, context } = this
    const label = entry ? words.editing(entry.title) : words.add[kind.name]
    return html`<form
      class="entry-form"
      aria-label=${label}
      aria-busy=${this.isSending}
      @submit=${this.onSubmit}
      @keydown=${(event: KeyboardEvent) => event.key === 'Escape' && this.leave()}
    >
      ${kind.fields(this.form())}
      ${this.problem ? problemView(this.sayable(this.problem), context.words) : nothing}
      <div class="entry-buttons">
        <button type="button" class="button button-small" @click=${this.leave}>${words.cancel}</button>
        <button type="submit" class="button button-small button-main">${words.save}</button>
      </div>
    </form>`
  }

  private get draft(): Draft {
    return { ...(this.entry?.draft ?? this.kind.empty), ...this.changes }
  }

  private form(): DraftForm {
    const { formId: id, draft, complaints, words, catalog } = this
    const set = (name: string, value: string) => {
      this.changes = { ...this.changes, [name]: value }
      this.complaints = { ...this.complaints, [name]: '' }
    }
    return { id, draft, isNew: !this.entry, complaints, words, catalog, set }
  }

  private sayable({ code, message, hints }: RequestError) {
    return { code, hints, message: code === 'forbidden' ? this.words.forbidden : message }
  }

  private leave(): void {
    this.dispatchEvent(new CustomEvent('parley-entry-left', { bubbles: true }))
  }

  private async onSubmit(event: SubmitEvent): Promise<void> {
    event.preventDefault()
    if (this.isSending) return
    this.isSending = true
    this.problem = undefined
    this.complaints = {}
    const { draft, kind } = this
    try {
      await this.send()
      this.dispatchEvent(new CustomEvent('parley-entry-kept', { bubbles: true }))
    } catch (error) {
      if (!(error instanceof RequestError)) throw error
      const { fields, isGeneral } = placeComplaints(error, draft, kind)
      this.complaints = fields
      if (isGeneral) this.problem = error
      await this.updateComplete
      this.querySelector<HTMLElement>('[aria-invalid=true]')?.focus()
    } finally {
      this.isSending = false
    }
  }

  private send(): Promise<unknown> {
    const { kind, entry, draft } = this
    const { service, dataset } = this.context
    const body = { ...kind.bodyOf(draft, !entry), ...(dataset && { dataset }) }
    return entry
      ? service.sendJson('PUT', `${kind.path}/${encodeURIComponent(entry.id)}`, body)
      : service.sendJson('POST', kind.path, body)
  }
}

define('parley-entry-form', ParleyEntryForm)
