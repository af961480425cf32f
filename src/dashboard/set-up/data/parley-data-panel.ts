/** `<parley-data-panel>`: which datasets there are. */
import { html, nothing } from 'lit'
import { repeat } from 'lit/directives/repeat.js'
import type { DatasetStatus } from '../../../dataset-status.js'
import { problemView } from '../../answer/problem-view.js'
import { dataPanelDe } from '../../messages/set-up/data/de.js'
import { dataPanelEn } from '../../messages/set-up/data/en.js'
import { dataPanelEs } from '../../messages/set-up/data/es.js'
import { dataPanelZhCn } from '../../messages/set-up/data/zh-cn.js'
import { wordsFor } from '../../messages/set-up/words-for.js'
import { define } from '../../parley-element.js'
import { RequestError } from '../../service/request-error.js'
import { PanelElement } from '../panel-element.js'
import { tellPage } from '../tell-page.js'

const allWords = { en: dataPanelEn, de: dataPanelDe, es: dataPanelEs, 'zh-CN': dataPanelZhCn }

export class ParleyDataPanel extends PanelElement {
  static override properties = {
    ...PanelElement.properties,
    datasets: { state: true },
    problem: { state: true },
  }
  declare datasets: readonly DatasetStatus[]
  declare problem: RequestError | undefined

  constructor() {
    super()
    this.datasets = []
  }

  protected override render() {
    const words = wordsFor(this.context, allWords)
    const own = this.datasets.filter(({ origin }) => origin !== 'demo')
    const demos = this.datasets.filter(({ origin }) => origin === 'demo')
    return html`${this.problem ? problemView(this.problem, this.context.words) : nothing}
      ${this.list(words.own, own)} ${this.list(words.demos, demos)}`
  }

  private list(heading: string, datasets: readonly DatasetStatus[]) {
    if (datasets.length === 0) return nothing
    return html`<h3>${heading}</h3>
      <ul>
        ${repeat(
          datasets,
          ({ name }) => name,
          (dataset) => this.item(dataset),
        )}
      </ul>`
  }

  private item({ name, title, state, isDefault }: DatasetStatus) {
    const words = wordsFor(this.context, allWords)
    const place = { conversation: '', view: 'chat', panel: '' } as const
    const ask = () => tellPage(this, 'parley-place', { ...place, dataset: isDefault ? '' : name })
    return html`<li>
      <button type="button" class="link" @click=${ask}>${words.ask(title)}</button>
      <span class="muted">${words.states[state]}</span>
    </li>`
  }

  protected override async read(): Promise<void> {
    try {
      const path = '/api/v1/datasets'
      type Read = { readonly datasets: readonly DatasetStatus[] }
      this.datasets = (await this.context.service.getJson<Read>(path)).datasets
      this.problem = undefined
    } catch (error) {
      if (!(error instanceof RequestError)) throw error
      this.problem = error
    }
  }
}

define('parley-data-panel', ParleyDataPanel)
