/** One question to two generators at once: what each makes of it, side by side, and whether that is the same. */
import { html, nothing, type PropertyValues } from 'lit'
import type { GeneratorStatus } from '../../../../agents/sql-generator.js'
import { type RunningTurn, runTurn } from '../../chat/run-turn.js'
import { newTurn, type Turn } from '../../chat/turn-state.js'
import type { Context } from '../../context.js'
import type { GeneratorsWords } from '../../messages/set-up/generators/en.js'
import { define, ParleyElement } from '../../parley-element.js'
import { generatorLabel } from '../../text/generator-label.js'
import './parley-compared.js'
import { verdictOf } from './verdict-of.js'

/** One of the two. */
interface Side {
  readonly generator: string
  readonly turn: Turn
}

const places = [0, 1] as const

export class ParleyComparison extends ParleyElement {
  static override properties = {
    ...ParleyElement.properties,
    statuses: { attribute: false },
    words: { attribute: false },
    picked: { state: true },
    sides: { state: true },
  }
  declare statuses: readonly GeneratorStatus[]
  declare words: GeneratorsWords
  /** Whom the reader wants to compare; what can be is proposed for the rest. */
  declare picked: readonly (string | undefined)[]
  declare sides: readonly Side[]
  private running: readonly RunningTurn[] = []

  constructor() {
    super()
    this.picked = []
    this.sides = []
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback()
    this.stop()
  }

  /** Answers belong to the data that was asked. */
  protected override willUpdate(changed: PropertyValues<this>): void {
    const before: Context | undefined = changed.get('context')
    if (!before || before.dataset === this.context.dataset) return
    this.stop()
    this.sides = []
  }

  protected override render() {
    const { words, sides, context } = this
    const [left, right] = sides
    return html`${this.form()}
      <p class="verdict" role="status">
        ${left && right && !this.isRunning ? verdictOf(this.named(left), this.named(right), words, context) : nothing}
      </p>
      ${left?.turn.sql && right?.turn.sql ? html`<p class="muted compared-note">${words.differs}</p>` : nothing}
      ${
        left && right
          ? html`<div class="compared">${this.column(left, right)}${this.column(right, left)}</div>`
          : nothing
      }`
  }

  private form() {
    const { words } = this
    const ready = this.statuses.filter((status) => status.ready)
    if (ready.length < 2) return html`<p class="muted">${words.tooFew}</p>`
    return html`<form class="compare-form" @submit=${this.onSubmit}>
      <label class="compare-question">
        ${words.question}
        <input class="field" name="question" required maxlength="2000" autocomplete="off">
      </label>
      ${places.map((place) => this.chooser(place, ready))}
      ${
        this.isRunning
          ? html`<button type="button" class="button" @click=${this.stop}>${words.stop}</button>`
          : html`<button type="submit" class="button button-main">${words.compare}</button>`
      }
    </form>`
  }

  private chooser(place: 0 | 1, ready: readonly GeneratorStatus[]) {
    const chosen = this.chosen(place)
    const onChange = ({ currentTarget }: Event) => {
      this.picked = places.map((each) =>
        each === place ? (currentTarget as HTMLSelectElement).value : this.chosen(each),
      )
    }
    return html`<label>
      ${this.words.sides[place]}
      <select class="field" @change=${onChange}>
        ${ready.map(
          ({ name }) =>
            html`<option value=${name} .selected=${name === chosen}>${generatorLabel(name, this.context.words)}</option>`,
        )}
      </select>
    </label>`
  }

  /** The first of all chooses between others, so that two others tell more. */
  private chosen(place: 0 | 1): string {
    const names = this.statuses.filter(({ ready }) => ready).map(({ name }) => name)
    const picked = names.find((name) => name === this.picked[place])
    const proposed = names.length > 2 ? names.slice(1) : names
    return picked ?? proposed[place] ?? ''
  }

  private get isRunning(): boolean {
    return this.sides.some(({ turn }) => turn.isRunning)
  }

  private named({ generator, turn }: Side) {
    return { name: generatorLabel(generator, this.context.words), turn }
  }

  private column({ generator, turn }: Side, other: Side) {
    return html`<parley-compared
      .turn=${turn}
      .other=${other.turn.sql?.sql}
      .label=${generatorLabel(generator, this.context.words)}
      .words=${this.words}
      .context=${this.context}
    ></parley-compared>`
  }

  private onSubmit(event: SubmitEvent): void {
    event.preventDefault()
    const form = new FormData(event.currentTarget as HTMLFormElement)
    const question = String(form.get('question')).trim()
    if (question && !this.isRunning) this.ask(question)
  }

  /** No turn is kept: a comparison is no conversation. */
  private ask(question: string): void {
    const { service, dataset } = this.context
    this.sides = places.map((place) => ({
      generator: this.chosen(place),
      turn: newTurn(question),
    }))
    this.running = this.sides.map(({ generator, turn }, place) => {
      const body = { message: question, generator, keep: false, ...(dataset && { dataset }) }
      return runTurn(service, { path: '/api/v1/chat', body }, turn, (next) => this.put(place, next))
    })
  }

  /** What still comes of an earlier question is not shown. */
  private put(place: number, turn: Turn): void {
    if (this.sides[place]?.turn.key !== turn.key) return
    this.sides = this.sides.map((side, at) => (at === place ? { ...side, turn } : side))
  }

  private stop(): void {
    for (const each of this.running) each.stop()
  }
}

define('parley-comparison', ParleyComparison)
