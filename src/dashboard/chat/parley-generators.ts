/** The generator chooser with the live status of each. */
import { html } from 'lit'
import { repeat } from 'lit/directives/repeat.js'
import type { GeneratorStatus } from '../../../agents/sql-generator.js'
import { tell } from '../chat-events.js'
import { define, ParleyElement } from '../parley-element.js'
import { generatorLabel } from '../text/generator-label.js'
import { chooseGenerator, chosenGenerator, onGeneratorChoice } from './chosen-generator.js'

/** How often the status is read again while something is still getting ready, in milliseconds. */
const pollMs = 4_000

export class ParleyGenerators extends ParleyElement {
  static override properties = { statuses: { state: true }, chosen: { state: true } }
  declare statuses: readonly GeneratorStatus[]
  declare chosen: string
  private timer: ReturnType<typeof setTimeout> | undefined
  private told = ''
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
    this.readChoice()
    void this.refresh()
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback()
    this.leaving.abort()
    clearTimeout(this.timer)
  }

  /** What is shown is what is used: a choice that cannot be used now waits until it can. */
  protected override updated(): void {
    const usable = this.usable ?? ''
    if (usable === this.told) return
    this.told = usable
    tell(this, 'parley-generator', usable)
  }

  protected override render() {
    const { composer } = this.context.words
    const status = this.statuses.find(({ name }) => name === this.current)
    const note = status?.note ?? ''
    return html`<label class="generator">
        <span class="visually-hidden">${composer.generator}</span>
        <span class="light" data-ready=${status?.ready ?? false} aria-hidden="true"></span>
        <select id="generator" aria-describedby="generator-note" @change=${this.onChange}>
          ${repeat(
            this.statuses,
            ({ name }) => name,
            (each) => this.option(each),
          )}
        </select>
      </label>
      <span id="generator-note" class="generator-note" role="status" title=${note}>${note}</span>`
  }

  private get current(): string {
    return this.usable ?? this.statuses[0]?.name ?? ''
  }

  private get usable(): string | undefined {
    return this.statuses.find(({ name, ready }) => ready && name === this.chosen)?.name
  }

  private readChoice(): void {
    this.chosen = chosenGenerator(this.context.service)
  }

  private option({ name, ready }: GeneratorStatus) {
    const { generators } = this.context.words
    const label = generatorLabel(name, this.context.words)
    return html`<option value=${name} ?disabled=${!ready} .selected=${name === this.current}>
      ${ready ? label : generators.notReady(label)}
    </option>`
  }

  private async refresh(): Promise<void> {
    let isSettled = false
    try {
      const { service } = this.context
      const read = await service.getJson<{ generators: readonly GeneratorStatus[] }>(
        '/api/v1/generators',
      )
      this.statuses = read.generators.filter(({ off }) => !off)
      isSettled = read.generators.every(({ ready, off, loading }) => ready || (off && !loading))
    } catch {
      this.statuses = this.statuses.map((status) => ({ ...status, ready: false }))
    }
    if (!isSettled && this.isConnected) this.timer = setTimeout(() => this.refresh(), pollMs)
  }

  private onChange({ currentTarget }: Event): void {
    chooseGenerator(this.context.service, (currentTarget as HTMLSelectElement).value)
  }
}

define('parley-generators', ParleyGenerators)
