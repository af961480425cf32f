/** What is said of a table or a column: by the source, and by people, who may change what they said. */
import { html, nothing } from 'lit'
import type { Description, DescriptionTarget } from '../../../../data/store/handbook-store.js'
import { problemView } from '../../answer/problem-view.js'
import { define, ParleyElement } from '../../parley-element.js'
import { RequestError } from '../../service/request-error.js'
import { schemaWords } from './schema-words.js'

/** As the service takes them. */
const maxLength = 1_000

export class ParleyDescription extends ParleyElement {
  static override properties = {
    target: { attribute: false },
    source: { attribute: false },
    written: { attribute: false },
    aliases: { attribute: false },
    isEditing: { state: true },
    isSaving: { state: true },
    note: { state: true },
    undoText: { state: true },
    failure: { state: true },
  }
  declare target: DescriptionTarget
  /** What the database itself says. */
  declare source: string | undefined
  declare written: Description | undefined
  declare aliases: readonly string[]
  declare isEditing: boolean
  declare isSaving: boolean
  /** What was done just now. */
  declare note: string
  /** What undoing brings back; undefined where there is nothing to undo. */
  declare undoText: string | undefined
  declare failure: RequestError | undefined

  constructor() {
    super()
    this.isEditing = false
    this.isSaving = false
    this.note = ''
  }

  protected override render() {
    return html`<div class="description">
      ${this.isEditing ? this.form() : this.text()}
      ${this.failure ? problemView(this.failure, this.context.words) : nothing}
      <p class="description-note small" role="status">${this.note}
        ${
          this.undoText === undefined
            ? nothing
            : html`<button type="button" class="link" @click=${this.undo}>${schemaWords(this.context).undo}</button>`
        }
      </p>
    </div>`
  }

  private get name(): string {
    const { table, column } = this.target
    return column ?? table
  }

  private text() {
    const words = schemaWords(this.context)
    const { written, source } = this
    const text = written?.text ?? source
    const edit = text === undefined ? words.describe : words.edit
    return html`${text === undefined ? nothing : html`<p class="description-text"><bdi>${text}</bdi></p>`}
      ${written ? this.origin(written) : nothing}
      <div class="panel-buttons">
        ${this.button(edit, this.edit)}
        ${written ? this.button(source === undefined ? words.removeText : words.reset, () => this.save('')) : nothing}
      </div>`
  }

  private origin({ changedAt, changedBy }: Description) {
    const words = schemaWords(this.context)
    const { source, aliases, context } = this
    return html`<p class="muted small">${words.by(context.locale.moment(changedAt), changedBy)}</p>
      ${aliases.length > 0 ? html`<p class="muted small">${words.understood} <bdi>${aliases.join(', ')}</bdi></p>` : nothing}
      ${source === undefined ? nothing : html`<p class="muted small">${words.source} <bdi>${source}</bdi></p>`}`
  }

  private button(label: string, act: () => void) {
    return html`<button
      type="button"
      class="button button-small"
      aria-label=${schemaWords(this.context).of(label, this.name)}
      ?disabled=${this.isSaving}
      @click=${act}
    >${label}</button>`
  }

  private form() {
    const words = schemaWords(this.context)
    const onKey = (event: KeyboardEvent) => event.key === 'Escape' && void this.leave()
    return html`<form class="description-form" @submit=${this.onSubmit} @keydown=${onKey}>
      <textarea
        class="field"
        rows="3"
        maxlength=${maxLength}
        aria-label=${words.of(words.description, this.name)}
        .value=${this.written?.text ?? this.source ?? ''}
      ></textarea>
      <p class="muted small">${words.describeHelp}</p>
      <div class="panel-buttons">
        <button type="submit" class="button button-small button-main" ?disabled=${this.isSaving}>
          ${this.isSaving ? words.saving : words.save}
        </button>
        <button type="button" class="button button-small" @click=${() => this.leave()}>${words.cancel}</button>
      </div>
    </form>`
  }

  private async edit(): Promise<void> {
    this.isEditing = true
    this.note = ''
    this.undoText = undefined
    await this.updateComplete
    this.querySelector('textarea')?.focus()
  }

  private async leave(): Promise<void> {
    this.isEditing = false
    this.failure = undefined
    await this.updateComplete
    this.querySelector<HTMLElement>('.panel-buttons button')?.focus()
  }

  private onSubmit(event: SubmitEvent): void {
    event.preventDefault()
    const { value } = this.querySelector('textarea') as HTMLTextAreaElement
    const isChanged = value.trim() !== (this.written?.text ?? this.source ?? '')
    void (isChanged ? this.save(value.trim()) : this.leave())
  }

  private undo(): void {
    if (this.undoText !== undefined) void this.save(this.undoText, true)
  }

  /** An empty text takes away what people wrote. */
  private async save(text: string, isUndoing = false): Promise<void> {
    const words = schemaWords(this.context)
    const before = this.written?.text ?? ''
    this.isSaving = true
    this.failure = undefined
    try {
      const { service, dataset } = this.context
      const body = { ...this.target, description: text, ...(dataset && { dataset }) }
      const path = '/api/v1/schema/descriptions'
      const detail = await service.sendJson<Description>('PUT', path, body)
      this.undoText = isUndoing ? undefined : before
      this.note = isUndoing ? words.undone : words.saved
      this.dispatchEvent(new CustomEvent('parley-described', { detail, bubbles: true }))
    } catch (error) {
      if (!(error instanceof RequestError)) throw error
      this.failure = error
    } finally {
      this.isSaving = false
    }
    if (!this.failure) await this.leave()
  }
}

define('parley-description', ParleyDescription)
