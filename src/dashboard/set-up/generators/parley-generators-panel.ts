/** `<parley-generators-panel>`: what can write SQL and how it is doing, which of them is used, and two side by side. */
import { html, nothing } from 'lit'
import { repeat } from 'lit/directives/repeat.js'
import type { GeneratorStatus } from '../../../../agents/sql-generator.js'
import { problemView } from '../../answer/problem-view.js'
import { chooseGenerator, chosenGenerator, onGeneratorChoice } from '../../chat/chosen-generator.js'
import { withDataset } from '../../context.js'
import { generatorsPanelDe } from '../../messages/set-up/generators/de.js'
import { generatorsPanelEn } from '../../messages/set-up/generators/en.js'
import { generatorsPanelEs } from '../../messages/set-up/generators/es.js'
import { generatorsPanelZhCn } from '../../messages/set-up/generators/zh-cn.js'
import { wordsFor } from '../../messages/set-up/words-for.js'
import { define } from '../../parley-element.js'
import { RequestError } from '../../service/request-error.js'
import { sheetOf } from '../../sheets.js'
import generators from '../../styles/set-up/generators.css'
import { generatorLabel } from '../../text/generator-label.js'
import { PanelElement, panelSheets } from '../panel-element.js'
import { stateOf } from './generator-state.js'
import './parley-comparison.js'

const allWords = {
  en: generatorsPanelEn,
  de: generatorsPanelDe,
  es: generatorsPanelEs,
  'zh-CN': generatorsPanelZhCn,
}
/** How long until the states are read again, in milliseconds: while one is on its way, and else. */
const loadingPauseMs = 1_000
const usualPauseMs = 10_000

export class ParleyGeneratorsPanel extends PanelElement {
  static override styles = [...panelSheets, sheetOf(generators)]
  static override properties = {
    ...PanelElement.properties,
    statuses: { state: true },
    chosen: { state: true },
    problem: { state: true },
  }
  declare statuses: readonly GeneratorStatus[]
  declare chosen: string
  declare problem: RequestError | undefined
  private timer: ReturnType<typeof setTimeout> | undefined
  private leaving = new AbortController()

  constructor() {
    super()
    this.statuses = []
    this.chosen = ''
  }

  override connectedCallback(): void {
    super.connectedCallback()
    this.leaving = new AbortController()
    onGeneratorChoice(() => this.readChoice(), this.leaving.signal)
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback()
    this.leaving.abort()
    clearTimeout(this.timer)
  }

  protected override render() {
    const words = wordsFor(this.context, allWords)
    return html`${this.problem ? problemView(this.problem, this.context.words) : nothing}
      <fieldset class="generator-list">
        <legend>${words.used}</legend>
        ${repeat(
          this.statuses,
          ({ name }) => name,
          (status) => this.item(status),
        )}
      </fieldset>
      <section class="comparison" aria-labelledby="compare-heading">
        <h3 id="compare-heading">${words.compareHeading}</h3>
        <p class="muted">${words.compareMeans}</p>
        <parley-comparison
          .statuses=${this.statuses}
          .words=${words}
          .context=${this.context}
        ></parley-comparison>
      </section>`
  }

  private item(status: GeneratorStatus) {
    const { name, ready, note } = status
    const choose = () => chooseGenerator(this.context.service, name)
    return html`<div class="generator-item" data-state=${stateOf(status)}>
      <label class="generator-pick">
        <input
          type="radio"
          name="generator"
          value=${name}
          ?disabled=${!ready}
          .checked=${name === this.current}
          aria-describedby="generator-${name}"
          @change=${choose}
        >
        <span class="generator-name">${generatorLabel(name, this.context.words)}</span>
      </label>
      <span class="generator-state">${this.stateText(status)}</span>
      ${this.bar(status)}
      <p class="muted" id="generator-${name}">${[note, ...this.factsOf(status)].join(' ')}</p>
    </div>`
  }

  private stateText(status: GeneratorStatus): string {
    const { states } = wordsFor(this.context, allWords)
    const share = status.loading?.share
    const state = states[stateOf(status)]
    return share === undefined ? state : `${state} ${this.context.locale.percent(share)}`
  }

  /** Where its model is, and what that is told. */
  private factsOf({ place, told, usage }: GeneratorStatus): readonly string[] {
    const words = wordsFor(this.context, allWords)
    const { number } = this.context.locale
    const tokens = usage ? usage.inputTokens + usage.outputTokens : 0
    const facts = [
      place && place !== 'here' && words.places[place],
      place && place !== 'here' && told && words.told[told],
      tokens > 0 && words.usedToday(number(tokens)),
    ]
    return facts.filter((fact) => typeof fact === 'string')
  }

  private bar(status: GeneratorStatus) {
    if (stateOf(status) !== 'loading') return nothing
    const label = generatorLabel(status.name, this.context.words)
    return html`<progress aria-label=${label} max="1" value=${status.loading?.share ?? nothing}></progress>`
  }

  /** As in the chat: a choice that cannot be used now waits until it can. */
  private get current(): string | undefined {
    const usable = this.statuses.find(({ name, ready }) => ready && name === this.chosen)
    return (usable ?? this.statuses[0])?.name
  }

  private readChoice(): void {
    this.chosen = chosenGenerator(this.context.service)
  }

  protected override async read(): Promise<void> {
    clearTimeout(this.timer)
    const { context } = this
    this.readChoice()
    try {
      const path = withDataset('/api/v1/generators', context)
      type Read = { readonly generators: readonly GeneratorStatus[] }
      const read = await context.service.getJson<Read>(path)
      if (this.context.dataset !== context.dataset) return
      this.statuses = read.generators
      this.problem = undefined
    } catch (error) {
      if (!(error instanceof RequestError)) throw error
      this.problem = error
    }
    const isLoading = this.statuses.some((status) => stateOf(status) === 'loading')
    const pause = isLoading ? loadingPauseMs : usualPauseMs
    if (this.isConnected) this.timer = setTimeout(() => this.read(), pause)
  }
}

define('parley-generators-panel', ParleyGeneratorsPanel)
