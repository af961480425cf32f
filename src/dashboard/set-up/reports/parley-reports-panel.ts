/** `<parley-reports-panel>`: the reports that there are, and the one that is looked at. */
import { html, nothing } from 'lit'
import { repeat } from 'lit/directives/repeat.js'
import type { ListedReport, ReportList } from '../../../reports/report-shelf.js'
import { problemView } from '../../answer/problem-view.js'
import { define } from '../../parley-element.js'
import { RequestError } from '../../service/request-error.js'
import { sheetOf } from '../../sheets.js'
import report from '../../styles/set-up/report.css'
import reports from '../../styles/set-up/reports.css'
import { PanelElement, panelSheets } from '../panel-element.js'
import './parley-report.js'
import { reportWords, shareText } from './report-words.js'

const commands = 'npx parley evaluate\nnpx parley train run'

export class ParleyReportsPanel extends PanelElement {
  static override styles = [...panelSheets, sheetOf(reports), sheetOf(report)]
  static override properties = {
    ...PanelElement.properties,
    list: { state: true },
    failure: { state: true },
    chosen: { state: true },
  }
  declare list: ReportList | undefined
  declare failure: RequestError | undefined
  /** The id of the report that is looked at; the newest at first. */
  declare chosen: string | undefined

  protected override render() {
    const words = reportWords(this.context)
    return html`<div class="reports-panel">
      ${this.failure ? problemView(this.failure, this.context.words) : nothing}
      <div class="panel-buttons">
        <button type="button" class="button button-small" @click=${() => this.read()}>
          ${words.refresh}
        </button>
      </div>
      ${this.list ? this.shown(this.list) : nothing}
    </div>`
  }

  private shown({ reports, problems }: ReportList) {
    const words = reportWords(this.context)
    const chosen = reports.find(({ id }) => id === this.chosen) ?? reports[0]
    return html`${chosen ? this.both(reports, chosen) : this.empty()}
      ${
        problems.length === 0
          ? nothing
          : html`<section>
              <h3>${words.problems}</h3>
              <ul>${problems.map((problem) => html`<li class="caution">${problem}</li>`)}</ul>
            </section>`
      }`
  }

  private empty() {
    const words = reportWords(this.context)
    return html`<section class="no-reports">
      <h3 id="none-heading">${words.none}</h3>
      <p class="muted">${words.noneWhy}</p>
      <pre class="commands" tabindex="0" aria-labelledby="none-heading"><code>${commands}</code></pre>
    </section>`
  }

  private both(reports: readonly ListedReport[], chosen: ListedReport) {
    const { context } = this
    const others = reports.filter(({ id, kind }) => kind === 'evaluation' && id !== chosen.id)
    return html`<div class="report-columns">
      <nav class="report-list" aria-label=${reportWords(context).list}>
        <ul>
          ${repeat(
            reports,
            ({ id }) => id,
            (report) => this.entry(report, report === chosen),
          )}
        </ul>
      </nav>
      <parley-report
        .context=${context}
        .listed=${chosen}
        .others=${others}
      ></parley-report>
    </div>`
  }

  private entry(report: ListedReport, isChosen: boolean) {
    const { context } = this
    const words = reportWords(context)
    return html`<li>
      <button
        type="button"
        class="report-entry"
        aria-current=${isChosen ? 'true' : nothing}
        @click=${() => {
          this.chosen = report.id
        }}
      >
        <span class="report-entry-head">
          <strong>${report.kind === 'evaluation' ? report.questions : report.name}</strong>
          <span class="pill">${words.kinds[report.kind]}</span>
        </span>
        <span class="small">${this.resultOf(report)}</span>
        <span class="muted small">${context.locale.moment(report.at)}</span>
      </button>
    </li>`
  }

  private resultOf(report: ListedReport): string {
    const { context } = this
    const words = reportWords(context)
    const { locale } = context
    if (report.kind === 'training') {
      return words.steps(locale.number(report.step), locale.number(report.steps))
    }
    const { share, right, total } = report.result
    const result = words.result(
      shareText(share, context),
      locale.number(right),
      locale.number(total),
    )
    return `${report.generator}: ${result}`
  }

  protected override async read(): Promise<void> {
    try {
      this.list = await this.context.service.getJson<ReportList>('/api/v1/reports')
      this.failure = undefined
    } catch (error) {
      if (!(error instanceof RequestError)) throw error
      this.failure = error
    }
  }
}

define('parley-reports-panel', ParleyReportsPanel)
