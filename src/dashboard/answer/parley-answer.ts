/** One answer, filled in as its events arrive and completed by the last one. */
import { html, nothing, type TemplateResult } from 'lit'
import type { Answer } from '../../../agents/answer.js'
import { questionItems } from '../chat/question-list.js'
import type { Turn } from '../chat/turn-state.js'
import { tell } from '../chat-events.js'
import { define, ParleyElement } from '../parley-element.js'
import '../keep/parley-keep.js'
import { answerText } from './answer-text.js'
import { factsOf } from './facts.js'
import { howView } from './how-view.js'
import './parley-drawing.js'
import './parley-sql.js'
import type { CellPlace, ParleyTable } from './parley-table.js'
import './parley-table.js'
import type { ParleyTabs, Tab } from './parley-tabs.js'
import './parley-tabs.js'
import { problemView } from './problem-view.js'

export class ParleyAnswer extends ParleyElement {
  static override properties = { turn: { attribute: false }, chartFailed: { state: true } }
  declare turn: Turn
  declare chartFailed: boolean

  constructor() {
    super()
    this.chartFailed = false
  }

  protected override render() {
    const { answer, failure, isRunning, text, clarification } = this.turn
    const { words } = this.context
    const next = this.suggestions(answer)
    return html`<div class="answer">
      ${this.rewritten(answer?.rewrittenQuestion)}
      <div aria-live="polite" aria-busy=${isRunning && !failure}>
        <p class="answer-text" ?hidden=${text === ''}>${this.text()}</p>
      </div>
      ${failure ? problemView(failure, words) : nothing}
      ${clarification ? this.choices(clarification.choices) : nothing}
      ${failure ? next : nothing}
      <parley-tabs .tabs=${this.tabs()} .label=${words.answer.tabs}></parley-tabs>
      ${this.warnings(answer?.warnings ?? [])}
      ${answer?.ok && answer.kind === 'data' ? html`<p class="facts">${factsOf(answer, this.context)}</p>` : nothing}
      <parley-keep .turn=${this.turn} .context=${this.context}></parley-keep>
      ${failure ? this.howItFailed(answer) : next}
    </div>`
  }

  private text() {
    const { answer, text } = this.turn
    if (!answer?.ok || answer.text !== text) return text
    return answerText(answer, this.context.words.answer.fromCell, (cell) => this.trace(cell))
  }

  private rewritten(question: string | undefined) {
    if (!question) return nothing
    const { readAs, edit } = this.context.words.answer
    return html`<p class="rewritten">
      <span>${readAs} <q>${question}</q></span>
      <button type="button" class="link" @click=${() => tell(this, 'parley-edit', question)}>
        ${edit}
      </button>
    </p>`
  }

  private choices(choices: readonly { readonly label: string; readonly value: string }[]) {
    return html`<ul class="chips choices" aria-label=${this.context.words.answer.choices}>
      ${choices.map(
        ({ label, value }) => html`<li>
          <button type="button" class="chip choice" @click=${() => tell(this, 'parley-ask', value)}>
            ${label}
          </button>
        </li>`,
      )}
    </ul>`
  }

  private warnings(messages: readonly string[]) {
    if (messages.length === 0) return nothing
    return html`<ul class="warnings" aria-label=${this.context.words.answer.warnings}>
      ${messages.map((message) => html`<li>${message}</li>`)}
    </ul>`
  }

  private suggestions(answer: Answer | undefined) {
    if (!answer || answer.suggestions.length === 0) return nothing
    const { next, willWork } = this.context.words.answer
    return html`<div class="follow-ups">
      <h3>${answer.ok ? next : willWork}</h3>
      <ul class="chips">
        ${questionItems(answer.suggestions, 'chip')}
      </ul>
    </div>`
  }

  /** What to do next comes before what happened. */
  private howItFailed(answer: Answer | undefined) {
    if (!answer) return nothing
    return html`<details class="failure-how">
      <summary>${this.context.words.answer.how}</summary>
      ${howView(answer, this.context)}
    </details>`
  }

  /** Left to right; the first one there is shown until the reader picks another. */
  private tabs(): readonly Tab[] {
    const { answer, data, sql } = this.turn
    const { words } = this.context
    const tabs: (Tab | undefined)[] = [
      this.chartTab(),
      data && { name: 'table', label: words.answer.table, content: this.table(data) },
      sql && {
        name: 'sql',
        label: words.answer.sql,
        content: html`<parley-sql
          .statement=${sql}
          .question=${this.turn.question}
          .context=${this.context}
        ></parley-sql>`,
      },
      answer?.ok && answer.kind === 'data'
        ? { name: 'how', label: words.answer.how, content: howView(answer, this.context) }
        : undefined,
    ]
    return tabs.filter((tab) => tab !== undefined)
  }

  private table(data: NonNullable<Turn['data']>): TemplateResult {
    return html`<parley-table .data=${data} .context=${this.context}></parley-table>`
  }

  /** The table still tells everything when a chart cannot be drawn. */
  private chartTab(): Tab | undefined {
    const { chart, answer } = this.turn
    const { words } = this.context
    if (!chart || chart.kind === 'table' || this.chartFailed) return undefined
    const label = chart.kind === 'number' ? words.answer.number : words.answer.chart
    const fail = () => {
      this.chartFailed = true
    }
    const content = html`<parley-drawing
      .chart=${chart}
      .answerId=${answer?.id}
      .context=${this.context}
      @parley-chart-failed=${fail}
    ></parley-drawing>`
    return { name: 'chart', label, content }
  }

  /** Shows where a number of the text comes from. */
  private async trace(cell: CellPlace): Promise<void> {
    this.querySelector<ParleyTabs>('parley-tabs')?.pick('table')
    await this.querySelector<ParleyTabs>('parley-tabs')?.updateComplete
    await this.querySelector<ParleyTable>('parley-table')?.reveal(cell)
  }
}

define('parley-answer', ParleyAnswer)
