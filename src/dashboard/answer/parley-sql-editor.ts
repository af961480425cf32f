/** A box to change a statement in: plain text to type, over the same text in colours. */
import { html } from 'lit'
import { define, ParleyElement } from '../parley-element.js'
import { formatSql, sqlTokens } from '../text/sql-tokens.js'
import { colouredCode } from './code-view.js'

const maxLength = 20_000

export class ParleySqlEditor extends ParleyElement {
  static override properties = { first: { attribute: false }, text: { state: true } }
  /** What it starts with. */
  declare first: string
  declare text: string

  protected override willUpdate(): void {
    this.text ??= this.first
  }

  protected override render() {
    const { words } = this.context
    return html`<form class="sql-editor" @submit=${this.onSubmit}>
      <div class="sql-layers field">
        <pre aria-hidden="true"><code>${colouredCode(sqlTokens(`${this.text}\n`))}</code></pre>
        <textarea
          aria-label=${words.sql.editor}
          maxlength=${maxLength}
          spellcheck="false"
          autocapitalize="off"
          autocomplete="off"
          .value=${this.text}
          @input=${this.onInput}
          @keydown=${this.onKey}
        ></textarea>
      </div>
      <div class="sql-editor-buttons">
        <p class="muted">${words.sql.guarded}</p>
        <button type="button" class="button button-small" @click=${this.format}>${words.sql.format}</button>
        <button type="button" class="button button-small" @click=${this.leave}>${words.sql.discard}</button>
        <button type="submit" class="button button-small button-main">${words.sql.run}</button>
      </div>
    </form>`
  }

  protected override firstUpdated(): void {
    this.box?.focus()
  }

  private get box(): HTMLTextAreaElement | null {
    return this.querySelector('textarea')
  }

  private onInput({ currentTarget }: Event): void {
    this.text = (currentTarget as HTMLTextAreaElement).value
  }

  private format(): void {
    this.text = formatSql(this.text)
    this.box?.focus()
  }

  private leave(): void {
    this.dispatchEvent(new CustomEvent('parley-sql-left'))
  }

  /** Tab goes on to the buttons, as everywhere: no key is kept from the page. */
  private onKey(event: KeyboardEvent): void {
    if (event.key === 'Escape') this.leave()
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) this.onSubmit(event)
  }

  private onSubmit(event: Event): void {
    event.preventDefault()
    const detail = this.text.trim()
    if (detail) this.dispatchEvent(new CustomEvent<string>('parley-sql-run', { detail }))
  }
}

define('parley-sql-editor', ParleySqlEditor)
