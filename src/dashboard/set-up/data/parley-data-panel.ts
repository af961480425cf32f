/** `<parley-data-panel>`: which datasets there are, how they are, and others to add. */
import { html, nothing } from 'lit'
import { repeat } from 'lit/directives/repeat.js'
import type { Acceptance } from '../../../added/added-datasets.js'
import type { DatasetStatus } from '../../../dataset-status.js'
import { problemView } from '../../answer/problem-view.js'
import '../../keep/parley-confirm.js'
import type { ParleyConfirm } from '../../keep/parley-confirm.js'
import { define } from '../../parley-element.js'
import { RequestError } from '../../service/request-error.js'
import { sheetOf } from '../../sheets.js'
import data from '../../styles/set-up/data.css'
import { PanelElement, panelSheets } from '../panel-element.js'
import { tellPage } from '../tell-page.js'
import { serverKind } from './connection-address.js'
import { dataWords } from './data-words.js'
import { type DatasetActions, datasetItem, isChosen } from './dataset-item.js'
import { deliveriesTo } from './deliveries.js'
import './parley-add-files.js'
import './parley-connect.js'
import type { ParleyConnect } from './parley-connect.js'

/** How often it is asked how far opening and indexing are, in milliseconds. */
const pollMs = 500
const path = '/api/v1/datasets'

interface Offered {
  readonly datasets: readonly DatasetStatus[]
  readonly accepts?: Acceptance
}

export class ParleyDataPanel extends PanelElement {
  static override styles = [...panelSheets, sheetOf(data)]
  static override properties = {
    ...PanelElement.properties,
    offered: { state: true },
    failure: { state: true },
    ready: { state: true },
  }
  declare offered: Offered | undefined
  declare failure: RequestError | undefined
  /** The dataset that was added last, once it is open. */
  declare ready: DatasetStatus | undefined
  /** Datasets that were added here and are on their way, by name. */
  private readonly awaited = new Set<string>()
  private timer: ReturnType<typeof setTimeout> | undefined
  private endWatch: (() => void) | undefined

  private readonly actions: DatasetActions = {
    ask: (dataset) => this.goTo(dataset, 'chat'),
    showSchema: (dataset) => this.goTo(dataset, 'set-up'),
    remove: (dataset) => void this.removeDataset(dataset),
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback()
    clearTimeout(this.timer)
    this.endWatch?.()
    this.endWatch = undefined
  }

  protected override render() {
    const words = dataWords(this.context)
    const { datasets = [], accepts } = this.offered ?? {}
    const own = datasets.filter(({ origin }) => origin !== 'demo')
    const demos = datasets.filter(({ origin }) => origin === 'demo')
    return html`<div
      class="data-panel"
      @parley-added=${({ detail }: CustomEvent<DatasetStatus>) => this.onAdded(detail)}
      @dragover=${(event: Event) => event.preventDefault()}
      @drop=${(event: Event) => event.preventDefault()}
    >
      ${this.failure ? problemView(this.failure, this.context.words) : nothing}
      <div role="status">${this.ready ? this.readyNote(this.ready) : nothing}</div>
      ${own.length > 0 ? this.list('own', words.own, own) : nothing}
      ${this.offered ? (accepts ? this.adding(accepts) : this.nothingToAdd()) : nothing}
      ${demos.length > 0 ? this.list('demos', words.demos, demos) : nothing}
      <parley-confirm .context=${this.context}></parley-confirm>
    </div>`
  }

  private adding(accepts: Acceptance) {
    const { context } = this
    const schemes = accepts.schemes.filter((scheme) => serverKind(scheme))
    return html`<section aria-labelledby="add-heading">
      <h3 id="add-heading">${dataWords(context).add}</h3>
      <div class="add-boxes">
        <parley-add-files .context=${context} .accepts=${accepts}></parley-add-files>
        ${schemes.length > 0 ? html`<parley-connect .context=${context} .schemes=${schemes}></parley-connect>` : nothing}
      </div>
    </section>`
  }

  private nothingToAdd() {
    const { cannotAdd, cannotAddWhy } = dataWords(this.context)
    return html`<p class="panel-note"><strong>${cannotAdd}.</strong> ${cannotAddWhy}</p>`
  }

  private readyNote(dataset: DatasetStatus) {
    const words = dataWords(this.context)
    return html`<p class="panel-note ready-note">
      <span>${words.isReady(dataset.title)}</span>
      <button type="button" class="button button-main" @click=${() => this.actions.ask(dataset)}>
        ${words.askNow(dataset.title)}
      </button>
    </p>`
  }

  private list(id: string, heading: string, datasets: readonly DatasetStatus[]) {
    return html`<section aria-labelledby="${id}-heading">
      <h3 id="${id}-heading">${heading}</h3>
      <ul class="dataset-list">
        ${repeat(
          datasets,
          ({ name }) => name,
          (dataset) => datasetItem(dataset, this.context, this.actions),
        )}
      </ul>
    </section>`
  }

  protected override async read(): Promise<void> {
    clearTimeout(this.timer)
    this.endWatch ??= deliveriesTo(this.context.service).watch((arrived) => {
      if (arrived) this.onAdded(arrived)
    })
    this.offered = (await this.attempt((service) => service.getJson<Offered>(path))) ?? this.offered
    const { datasets = [] } = this.offered ?? {}
    for (const dataset of datasets) if (this.awaited.has(dataset.name)) this.onProgress(dataset)
    const isMoving = datasets.some(({ state, indexing }) => state === 'opening' || indexing)
    clearTimeout(this.timer)
    if (isMoving && this.isConnected) this.timer = setTimeout(() => this.read(), pollMs)
  }

  private onAdded({ name }: DatasetStatus): void {
    this.ready = undefined
    this.awaited.add(name)
    void this.read()
  }

  /** What was added is what the reader wants to ask about. */
  private onProgress(dataset: DatasetStatus): void {
    const { name, state, origin } = dataset
    if (state !== 'open' && state !== 'failed') return
    this.awaited.delete(name)
    tellPage(this, 'parley-datasets')
    if (state === 'failed') return
    if (origin === 'connection') this.connect?.empty()
    this.ready = dataset
    tellPage(this, 'parley-dataset', name)
    void this.updateComplete.then(() =>
      this.renderRoot.querySelector('.ready-note')?.scrollIntoView({ block: 'nearest' }),
    )
  }

  private get connect(): ParleyConnect | null {
    return this.renderRoot.querySelector('parley-connect')
  }

  private goTo({ name, isDefault }: DatasetStatus, view: 'chat' | 'set-up'): void {
    const panel = view === 'chat' ? '' : 'schema'
    const dataset = isDefault ? '' : name
    tellPage(this, 'parley-place', { dataset, conversation: '', view, panel })
  }

  /** One that failed left nothing that could be lost. */
  private async removeDataset(dataset: DatasetStatus): Promise<void> {
    const { name, title, origin, state } = dataset
    const words = dataWords(this.context)
    const warning = origin === 'files' ? words.removeFiles : words.removeConnection
    const confirm = this.renderRoot.querySelector('parley-confirm') as ParleyConfirm
    const isSure =
      state === 'failed' || (await confirm.ask(words.removeHeading(title), warning, words.remove))
    if (!isSure) return
    if (this.ready?.name === name) this.ready = undefined
    if (isChosen(dataset, this.context)) tellPage(this, 'parley-dataset', '')
    await this.attempt((service) => service.sendJson('DELETE', `${path}/${name}`))
    tellPage(this, 'parley-datasets')
    await this.read()
  }

  private async attempt<Result>(
    act: (service: PanelElement['context']['service']) => Promise<Result>,
  ): Promise<Result | undefined> {
    try {
      const done = await act(this.context.service)
      this.failure = undefined
      return done
    } catch (error) {
      if (!(error instanceof RequestError)) throw error
      this.failure = error
      return undefined
    }
  }
}

define('parley-data-panel', ParleyDataPanel)
