/** `<parley-models-panel>`: the local model, its adapters, and which of them is in use. */
import { html, nothing } from 'lit'
import { repeat } from 'lit/directives/repeat.js'
import type { ModelList } from '../../../adapters/model-shelf.js'
import { problemView } from '../../answer/problem-view.js'
import { define } from '../../parley-element.js'
import { RequestError } from '../../service/request-error.js'
import { sheetOf } from '../../sheets.js'
import models from '../../styles/set-up/models.css'
import { PanelElement, panelSheets } from '../panel-element.js'
import { type AdapterActions, activateButton, adapterCard } from './adapter-card.js'
import { choiceName, modelWords } from './model-words.js'
import { scratchCard } from './scratch-card.js'

const path = '/api/v1/models'
/** While the model is being fetched or loaded, in milliseconds. */
const pollMs = 2_000
const commands = [
  'npx parley generate --config data/generator/example.yaml --source FILE',
  'npx parley train rows --pairs generated --source FILE',
  'npx parley train run --start-from models/adapters/parley-sql-270m.gguf',
  'npx parley train export --checkpoint FOLDER',
].join('\n')

export class ParleyModelsPanel extends PanelElement {
  static override styles = [...panelSheets, sheetOf(models)]
  static override properties = {
    ...PanelElement.properties,
    list: { state: true },
    failure: { state: true },
    pending: { state: true },
    done: { state: true },
  }
  declare list: ModelList | undefined
  declare failure: RequestError | undefined
  /** The adapter that is being loaded; empty while rolling back. */
  declare pending: string | undefined
  /** What was said of the last change. */
  declare done: string | undefined
  private timer: ReturnType<typeof setTimeout> | undefined

  override disconnectedCallback(): void {
    super.disconnectedCallback()
    clearTimeout(this.timer)
  }

  protected override render() {
    const { list } = this
    return html`<div class="models-panel">
      ${this.failure ? problemView(this.failure, this.context.words) : nothing}
      <p role="status" class="change-note">${this.done}</p>
      ${list ? [this.inUse(list), this.adapters(list), this.ownOnes(list), this.fromScratch(list), this.leftOver(list)] : nothing}
    </div>`
  }

  private inUse(list: ModelList) {
    const words = modelWords(this.context)
    const { active, base } = list
    return html`<section class="in-use" aria-labelledby="in-use-heading">
      <h3 id="in-use-heading">${words.inUse}</h3>
      ${active ? this.activeView(active, base?.name ?? '') : this.idleView(list)}
      ${list.setting === undefined ? nothing : html`<p class="panel-note">${words.fixed}</p>`}
      <div class="panel-buttons">${this.changeButtons(list)}</div>
    </section>`
  }

  private activeView(active: NonNullable<ModelList['active']>, base: string) {
    const words = modelWords(this.context)
    const { adapter, reason, fingerprint } = active
    const why = reason === 'best' && adapter === undefined ? 'bestNone' : reason
    return html`<p class="in-use-name">${adapter ?? words.baseAlone}</p>
      <p>${words.reasons[why]}</p>
      ${adapter === undefined ? html`<p class="caution">${words.baseAloneNote}</p>` : nothing}
      <dl class="adapter-facts">
        <div><dt>${words.base}</dt><dd>${base}</dd></div>
        <div><dt>${words.fingerprint}</dt><dd><code>${fingerprint.slice(0, 16)}</code></dd></div>
      </dl>`
  }

  private idleView({ state, note }: ModelList) {
    const words = modelWords(this.context)
    if (state === 'loading') return html`<p class="muted">${words.loading}</p>`
    return html`<div class="problem"><p>${words.missing}</p><p>${note}</p></div>`
  }

  private changeButtons({ before, setting, active, state }: ModelList) {
    const words = modelWords(this.context)
    if (setting !== undefined || state === 'loading') return nothing
    const button = (label: string, act: () => void) =>
      html`<button
        type="button"
        class="button button-small"
        aria-disabled=${this.pending === undefined ? nothing : 'true'}
        @click=${act}
      >${label}</button>`
    return [
      before === undefined
        ? nothing
        : button(words.rollBack(choiceName(before, this.context)), () => this.rollBack()),
      active?.reason === 'chosen' && before !== 'auto'
        ? button(words.letChoose, () => this.activate('auto'))
        : nothing,
    ]
  }

  private get actions(): AdapterActions {
    const isFixed = this.list?.setting !== undefined || this.list?.state === 'loading'
    return { activate: (adapter) => this.activate(adapter), pending: this.pending, isFixed }
  }

  private adapters({ adapters, active }: ModelList) {
    const words = modelWords(this.context)
    const isBase = active !== undefined && active.adapter === undefined
    return html`<section aria-labelledby="adapters-heading">
      <h3 id="adapters-heading">${words.adapters}</h3>
      <ul class="adapter-list">
        ${repeat(
          adapters,
          ({ name }) => name,
          (adapter) => adapterCard(adapter, this.context, this.actions),
        )}
        <li class="adapter" data-active=${isBase}>
          <div class="adapter-head">
            <h4>${words.baseAlone}</h4>
            ${isBase ? html`<span class="pill pill-good">${words.states.active}</span>` : nothing}
          </div>
          <p class="muted small">${words.baseAloneNote}</p>
          ${isBase ? nothing : activateButton('none', words.baseAlone, this.context, this.actions)}
        </li>
      </ul>
    </section>`
  }

  private ownOnes({ adapters }: ModelList) {
    const words = modelWords(this.context)
    const hasOwn = adapters.some(({ origin }) => origin === 'own')
    return html`<section aria-labelledby="own-heading">
      <h3 id="own-heading">${words.own}</h3>
      <p class="muted">${hasOwn ? words.ownMore : words.ownNone}</p>
      <pre class="commands" tabindex="0" aria-labelledby="own-heading"><code>${commands}</code></pre>
    </section>`
  }

  private fromScratch({ scratch }: ModelList) {
    if (scratch.length === 0) return nothing
    const words = modelWords(this.context)
    return html`<section aria-labelledby="scratch-heading">
      <h3 id="scratch-heading">${words.scratch}</h3>
      <p class="muted">${words.scratchNote}</p>
      <ul class="adapter-list">
        ${repeat(
          scratch,
          ({ name }) => name,
          (model) => scratchCard(model, this.context),
        )}
      </ul>
    </section>`
  }

  private leftOver({ merged, problems }: ModelList) {
    const words = modelWords(this.context)
    return [
      merged.length === 0
        ? nothing
        : html`<section>
            <h3>${words.merged}</h3>
            <p class="muted">${words.mergedNote}</p>
            <ul class="plain-list">
              ${merged.map(({ name, file }) => html`<li>${name}${file ? html` <code>${file}</code>` : nothing}</li>`)}
            </ul>
          </section>`,
      problems.length === 0
        ? nothing
        : html`<section>
            <h3>${words.problems}</h3>
            <ul class="plain-list">${problems.map((problem) => html`<li class="caution">${problem}</li>`)}</ul>
          </section>`,
    ]
  }

  protected override async read(): Promise<void> {
    clearTimeout(this.timer)
    await this.attempt(async ({ service }) => {
      this.list = await service.getJson<ModelList>(path)
    })
    if (this.list?.state === 'loading' && this.isConnected) {
      this.timer = setTimeout(() => this.read(), pollMs)
    }
  }

  private activate(adapter: string): void {
    void this.change(adapter, ({ service }) =>
      service.sendJson<ModelList>('PUT', `${path}/active`, { adapter }),
    )
  }

  private rollBack(): void {
    void this.change('', ({ service }) => service.sendJson<ModelList>('POST', `${path}/roll_back`))
  }

  /** One at a time: loading takes a second or more. */
  private async change(
    pending: string,
    send: (context: PanelElement['context']) => Promise<ModelList>,
  ): Promise<void> {
    if (this.pending !== undefined) return
    this.pending = pending
    this.done = undefined
    await this.attempt(async (context) => {
      this.list = await send(context)
      const now = this.list.active?.adapter ?? modelWords(context).baseAlone
      this.done = modelWords(context).activated(now)
    })
    this.pending = undefined
  }

  private async attempt(act: (context: PanelElement['context']) => Promise<void>): Promise<void> {
    try {
      await act(this.context)
      this.failure = undefined
    } catch (error) {
      if (!(error instanceof RequestError)) throw error
      this.failure = error
    }
  }
}

define('parley-models-panel', ParleyModelsPanel)
