/** The statement with its keywords coloured, a copy button, and what it does in plain words. */
import { html, nothing } from 'lit'
import type { Turn } from '../chat/turn-state.js'
import { define, ParleyElement } from '../parley-element.js'
import { codeView } from './code-view.js'
import '../parley-copy.js'

export class ParleySql extends ParleyElement {
  static override properties = { statement: { attribute: false } }
  declare statement: NonNullable<Turn['sql']>

  protected override render() {
    const { sql, explanation } = this.statement
    const { words } = this.context
    return html`<div class="sql">
      <div class="sql-box">
        ${codeView(sql, words.sql.label)}
        <parley-copy .text=${sql} .context=${this.context}></parley-copy>
      </div>
      ${
        explanation.length > 0
          ? html`<h3>${words.sql.meaning}</h3>
            <ol class="explanation">${explanation.map((step) => html`<li>${step}</li>`)}</ol>`
          : nothing
      }
    </div>`
  }
}

define('parley-sql', ParleySql)
