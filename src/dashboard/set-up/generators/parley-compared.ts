/** What one of two compared generators makes of a question, as it comes. */
import { html, nothing } from 'lit'
import { factsOf } from '../../answer/facts.js'
import '../../answer/parley-drawing.js'
import '../../answer/parley-table.js'
import { problemView, wordsOf } from '../../answer/problem-view.js'
import { liveSteps, stepLine } from '../../chat/live-steps.js'
import type { Turn } from '../../chat/turn-state.js'
import type { GeneratorsWords } from '../../messages/set-up/generators/en.js'
import { define, ParleyElement } from '../../parley-element.js'
import { RequestError } from '../../service/request-error.js'
import { linesView } from './lines-view.js'

export class ParleyCompared extends ParleyElement {
  static override properties = {
    ...ParleyElement.properties,
    turn: { attribute: false },
    other: { attribute: false },
    label: { attribute: false },
    words: { attribute: false },
    keptTurn: { state: true },
    note: { state: true },
  }
  declare turn: Turn
  /** The other one's SQL, once it is there. */
  declare other: string | undefined
  declare label: string
  declare words: GeneratorsWords
  /** Of the turn whose SQL was approved. */
  declare keptTurn: number | undefined
  declare note: string

  constructor() {
    super()
    this.note = ''
  }

  protected override render() {
    const { turn, words, context, label } = this
    const { answer, data, sql, text, failure, clarification, isRunning } = turn
    return html`<section class="compared-one" aria-label=${label}>
      <h3>${label}</h3>
      ${isRunning ? liveSteps(turn, context) : nothing}
      ${text ? html`<p class="answer-text">${text}</p>` : nothing}
      ${failure ? problemView(failure, context.words) : nothing}
      ${clarification ? html`<ul class="chips">${clarification.choices.map((choice) => html`<li>${choice.label}</li>`)}</ul>` : nothing}
      ${answer?.ok && answer.kind === 'data' ? html`<p class="facts">${factsOf(answer, context)}</p>` : nothing}
      ${sql ? linesView(sql.sql, this.other, words.sqlOf(label)) : nothing}
      ${answer?.ok && sql ? this.keeping() : nothing}
      ${this.chart()}
      ${data ? html`<parley-table .data=${data} .label=${words.rowsOf(label)} .context=${context}></parley-table>` : nothing}
      ${isRunning || turn.steps.length === 0 ? nothing : this.steps()}
    </section>`
  }

  private chart() {
    const { chart } = this.turn
    if (!chart || chart.kind === 'table') return nothing
    return html`<parley-drawing .chart=${chart} .context=${this.context}></parley-drawing>`
  }

  private steps() {
    const { steps, answer } = this.turn
    const { words, locale } = this.context
    const total = answer?.timings.total
    return html`<details class="compared-steps">
      <summary>${words.how.steps}</summary>
      <ol class="step-list">
        ${steps.map((step) => stepLine(step, locale))}
        ${total === undefined ? nothing : stepLine({ summary: words.how.total, elapsedMs: total }, locale)}
      </ol>
    </details>`
  }

  private keeping() {
    const { words, label, turn } = this
    const isKept = this.keptTurn === turn.key
    return html`<p class="compared-keep">
      ${
        isKept
          ? nothing
          : html`<button
              type="button"
              class="button button-small"
              aria-label=${words.keepThis(label)}
              @click=${this.approve}
            >${words.keep}</button>`
      }
      <span class="muted" role="status">${isKept ? words.kept : this.note}</span>
    </p>`
  }

  private async approve(): Promise<void> {
    const { turn, words } = this
    const { service, dataset, words: pageWords } = this.context
    const body = { question: turn.question, sql: turn.sql?.sql, ...(dataset && { dataset }) }
    this.note = ''
    try {
      await service.sendJson('POST', '/api/v1/knowledge/sql_pairs', body)
      this.keptTurn = turn.key
    } catch (error) {
      if (!(error instanceof RequestError)) throw error
      const { message, hints } = wordsOf(error, pageWords)
      this.note = error.code === 'forbidden' ? words.forbidden : [message, ...hints].join(' ')
    }
  }
}

define('parley-compared', ParleyCompared)
