/** `<parley-report>`: one report in pictures, beside another one where two evaluations are compared. */
import { html, nothing, type PropertyValues } from 'lit'
import type { ListedReport, Report } from '../../../reports/report-shelf.js'
import { problemView } from '../../answer/problem-view.js'
import { define, ParleyElement } from '../../parley-element.js'
import { RequestError } from '../../service/request-error.js'
import { compareRuns } from './compare-runs.js'
import { evaluationPictures } from './evaluation-pictures.js'
import { pictureView } from './picture.js'
import {
  evaluationFacts,
  evaluationNumbers,
  factList,
  trainingFacts,
  trainingNumbers,
} from './report-facts.js'
import { reportWords } from './report-words.js'
import { trainingPictures } from './training-pictures.js'
import { wrongAnswers } from './wrong-answers.js'

type Evaluation = Report & { readonly kind: 'evaluation' }

export class ParleyReport extends ParleyElement {
  static override properties = {
    ...ParleyElement.properties,
    listed: { attribute: false },
    others: { attribute: false },
    report: { state: true },
    other: { state: true },
    failure: { state: true },
  }
  declare listed: ListedReport
  /** Evaluations that it can be compared with. */
  declare others: readonly ListedReport[]
  declare report: Report | undefined
  declare other: Evaluation | undefined
  declare failure: RequestError | undefined

  protected override willUpdate(changed: PropertyValues<this>): void {
    const before: ListedReport | undefined = changed.get('listed')
    if (!changed.has('listed')) return
    if (before?.id !== this.listed.id) this.other = undefined
    // One that is still written is read again.
    if (before?.id !== this.listed.id || before.changedAt !== this.listed.changedAt) {
      void this.read()
    }
  }

  protected override render() {
    const { report, failure, context } = this
    if (failure) return problemView(failure, context.words)
    if (!report || report.id !== this.listed.id) {
      return html`<p class="muted" aria-busy="true">…</p>`
    }
    return html`<article class="report" aria-labelledby="report-heading">
      <h3 id="report-heading">${report.name}</h3>
      ${report.kind === 'evaluation' ? this.evaluation(report) : this.training(report)}
    </article>`
  }

  private evaluation(report: Evaluation) {
    const { context, other } = this
    const pictures = evaluationPictures(report, other, context)
    return html`${evaluationNumbers(report, context)} ${this.comparison(report)}
      <div class="pictures">${pictures.map((picture) => pictureView(picture, context))}</div>
      ${wrongAnswers(report, context)} ${evaluationFacts(report, context)}`
  }

  private training(report: Report & { readonly kind: 'training' }) {
    const { context } = this
    return html`${trainingNumbers(report, context)}
      <div class="pictures">
        ${trainingPictures(report, context).map((picture) => pictureView(picture, context))}
      </div>
      ${trainingFacts(report, context)}
      <details>
        <summary>${reportWords(context).settings}</summary>
        ${factList(Object.entries(report.settings))}
      </details>`
  }

  private comparison(report: Evaluation) {
    const words = reportWords(this.context)
    if (this.others.length === 0) return nothing
    return html`<div class="comparison">
      <label>
        <span>${words.compare}</span>
        <select class="field" @change=${this.onCompare}>
          <option value="" .selected=${!this.other}>${words.compareNone}</option>
          ${this.others.map(
            ({ id, name }) =>
              html`<option value=${id} .selected=${this.other?.id === id}>${name}</option>`,
          )}
        </select>
      </label>
      <div role="status">${this.other ? this.difference(report, this.other) : nothing}</div>
    </div>`
  }

  private difference(report: Evaluation, other: Evaluation) {
    const words = reportWords(this.context)
    const { locale } = this.context
    const { both, better, worse, chance } = compareRuns(report, other)
    if (both === 0) return html`<p>${words.nothingShared}</p>`
    const [more, fewer] = [words.better(locale.number(better)), words.worse(locale.number(worse))]
    const odds = locale.number(chance, { maximumSignificantDigits: 2 })
    return html`<p>${words.compared(locale.number(both))}</p>
      <p><strong>${more}</strong>, <strong>${fewer}</strong>. ${words.chance(odds)}</p>`
  }

  private async onCompare({ currentTarget }: Event): Promise<void> {
    const id = (currentTarget as HTMLSelectElement).value
    const other = id === '' ? undefined : await this.fetch(id)
    this.other = other?.kind === 'evaluation' ? other : undefined
  }

  private async read(): Promise<void> {
    const { id } = this.listed
    const report = await this.fetch(id)
    if (report && this.listed.id === id) this.report = report
  }

  private async fetch(id: string): Promise<Report | undefined> {
    try {
      const path = `/api/v1/reports/${encodeURIComponent(id)}`
      const report = await this.context.service.getJson<Report>(path)
      this.failure = undefined
      return report
    } catch (error) {
      if (!(error instanceof RequestError)) throw error
      this.failure = error
      return undefined
    }
  }
}

define('parley-report', ParleyReport)
