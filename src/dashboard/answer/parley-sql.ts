/** The statement with its keywords coloured, to be copied, changed and run again, and what it does in plain words. */
import { html, nothing } from 'lit'
import type { Turn } from '../chat/turn-state.js'
import { tell } from '../chat-events.js'
import { define, ParleyElement } from '../parley-element.js'
import '../parley-copy.js'
import { readableSql, sqlTokens } from '../text/sql-tokens.js'
import { codeView } from './code-view.js'
import './parley-sql-editor.js'

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
    return html`<parley-sql-editor
      .first=${readableSql(sqlTokens(this.statement.sql))}
      .context=${this.context}
      @parley-sql-left=${this.leave}
      @parley-sql-run=${this.run}
    ></parley-sql-editor>`
  }

  private edit(): void {
    this.isEditing = true
  }

  private async leave(): Promise<void> {
    this.isEditing = false
    await this.updateComplete
    this.querySelector('button')?.focus()
  }

  private run({ detail }: CustomEvent<string>): void {
    tell(this, 'parley-run-sql', { question: this.question, sql: detail })
    this.isEditing = false
  }
}

define('parley-sql', ParleySql)
