/** The chart of an answer, and the other kinds of chart that fit its result. */
import { html, nothing } from 'lit'
import type { ChartKind, Figure } from '../../../agents/chart/figure.js'
import type { Turn } from '../chat/turn-state.js'
import { define, ParleyElement } from '../parley-element.js'
import { RequestError } from '../service/request-error.js'
import { numberCards } from './number-cards.js'
import './parley-chart.js'
import { wordsOf } from './problem-view.js'

interface Drawing {
  readonly kind: ChartKind
  readonly figure: Figure
  readonly warnings?: readonly string[]
}

export class ParleyDrawing extends ParleyElement {
  static override properties = {
    chart: { attribute: false },
    answerId: { attribute: false },
    other: { state: true },
    problem: { state: true },
  }
  declare chart: NonNullable<Turn['chart']>
  /** Absent until the answer is complete: then it can be drawn in another way. */
  declare answerId: string | undefined
  declare other: Drawing | undefined
  declare problem: string | undefined

  protected override render() {
    const { kind, figure, warnings = [] }: Drawing = this.other ?? this.chart
    const notes = this.problem ? [this.problem, ...warnings] : warnings
    return html`${this.chooser(kind)}
      ${
        kind === 'number'
          ? numberCards(figure, this.context.locale)
          : html`<parley-chart .figure=${figure} .context=${this.context}></parley-chart>`
      }
      ${notes.length > 0 ? html`<ul class="chart-notes" role="status">${notes.map((note) => html`<li>${note}</li>`)}</ul>` : nothing}`
  }

  /** Only what fits is offered; the table has a tab of its own. */
  private chooser(chosen: ChartKind) {
    const kinds = (this.chart.kinds ?? []).filter((kind) => kind !== 'table')
    if (!this.answerId || kinds.length < 2) return nothing
    const { words } = this.context
    return html`<label class="chart-kind">
      <span class="visually-hidden">${words.chart.kind}</span>
      <select class="field" @change=${this.onChange}>
        ${kinds.map(
          (kind) =>
            html`<option value=${kind} .selected=${kind === chosen}>${words.chartKinds[kind]}</option>`,
        )}
      </select>
    </label>`
  }

  private async onChange({ currentTarget }: Event): Promise<void> {
    const { service, dataset } = this.context
    const kind = (currentTarget as HTMLSelectElement).value
    const body = { answer_id: this.answerId, kind, ...(dataset && { dataset }) }
    try {
      this.other = await service.sendJson<Drawing>('POST', '/api/v1/chart', body)
      this.problem = undefined
    } catch (error) {
      if (!(error instanceof RequestError)) throw error
      this.problem = wordsOf(error, this.context.words).message
      // What is chosen is what is shown.
      this.requestUpdate('other', {})
    }
  }
}

define('parley-drawing', ParleyDrawing)
