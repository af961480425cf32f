/** The statement with its keywords coloured, to be copied, changed and run again, and what it does in plain words. */
import { html, nothing } from 'lit'
import type { Turn } from '../chat/turn-state.js'
import { tell } from '../chat-events.js'
import { define, ParleyElement } from '../parley-element.js'
import '../parley-copy.js'
import { readableSql, sqlTokens } from '../text/sql-tokens.js'
import { codeView } from './code-view.js'

const maxLength = 20_000

export class ParleySql extends ParleyElement {
  static override properties = {
    statement: { attribute: false },
    question: { attribute: false },
    isEditing: { state: true },
  }
  declare statement: NonNullable<Turn['sql']>
  /** What it answers. */
  declare question: string
  declare isEditing: boolean

  constructor() {
    super()
    this.isEditing = false
  }

  protected override render() {
    return html`<div class="sql">${this.isEditing ? this.editor() : this.view()}</div>`
  }

  private view() {
    const { sql, explanation } = this.statement
    const { words } = this.context
    return html`<div class="sql-box">
        ${codeView(sql, words.sql.label)}
        <div class="sql-buttons">
          <button type="button" class="button button-small" @click=${this.edit}>${words.sql.edit}</button>
          <parley-copy .text=${sql} .context=${this.context}></parley-copy>
        </div>
      </div>
      ${
        explanation.length > 0
          ? html`<h3>${words.sql.meaning}</h3>
            <ol class="explanation">${explanation.map((step) => html`<li>${step}</li>`)}</ol>`
          : nothing
      }`
  }

  private editor() {
    const { words } = this.context
    const text = readableSql(sqlTokens(this.statement.sql))
    return html`<form class="sql-editor" @submit=${this.run}>
      <textarea
        class="field"
        aria-label=${words.sql.editor}
        rows=${Math.min(16, text.split('\n').length + 1)}
        maxlength=${maxLength}
        spellcheck="false"
        autocapitalize="off"
        .value=${text}
        @keydown=${this.onKey}
      ></textarea>
      <div class="sql-editor-buttons">
        <p class="muted">${words.sql.guarded}</p>
        <button type="button" class="button button-small" @click=${this.leave}>${words.sql.discard}</button>
        <button type="submit" class="button button-small button-main">${words.sql.run}</button>
      </div>
    </form>`
  }

  private get box(): HTMLTextAreaElement | null {
    return this.querySelector('textarea')
  }

  private async edit(): Promise<void> {
    this.isEditing = true
    await this.updateComplete
    this.box?.focus()
  }

  private async leave(): Promise<void> {
    this.isEditing = false
    await this.updateComplete
    this.querySelector('button')?.focus()
  }

  private onKey(event: KeyboardEvent): void {
    if (event.key === 'Escape') void this.leave()
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) this.run(event)
  }

  private run(event: Event): void {
    event.preventDefault()
    const sql = this.box?.value.trim()
    if (!sql) return
    tell(this, 'parley-run-sql', { question: this.question, sql })
    this.isEditing = false
  }
}

define('parley-sql', ParleySql)
