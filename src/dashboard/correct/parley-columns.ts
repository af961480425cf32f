/** Has the reader say which column was meant, where the answer took another, and asks again with it. */
import { html, nothing } from 'lit'
import type { ColumnReading } from '../../../agents/columns/column-reading.js'
import type { ColumnSwap } from '../../../data/join-free/replace-columns.js'
import type { Turn } from '../chat/turn-state.js'
import { tell } from '../chat-events.js'
import { define, ParleyElement } from '../parley-element.js'
import { columnText, joinSwaps } from './swap-columns.js'

export class ParleyColumns extends ParleyElement {
  static override properties = { turn: { attribute: false }, isOpen: { state: true } }
  declare turn: Turn
  declare isOpen: boolean

  constructor() {
    super()
    this.isOpen = false
  }

  protected override render() {
    const readings = this.readings()
    if (readings.length === 0) return nothing
    const { columns } = this.context.words.keep
    return html`<button
        type="button"
        class="button button-small"
        aria-expanded=${this.isOpen}
        @click=${this.toggle}
      >${columns.pick}</button>
      ${this.isOpen ? this.form(readings) : nothing}`
  }

  private readings(): readonly ColumnReading[] {
    const { answer } = this.turn
    return (answer?.ok && answer.columnReadings) || []
  }

  private form(readings: readonly ColumnReading[]) {
    const { columns, leave } = this.context.words.keep
    return html`<form
      class="tool-form column-form"
      @submit=${this.onSubmit}
      @keydown=${(event: KeyboardEvent) => event.key === 'Escape' && this.toggle()}
    >
      <p class="muted">${columns.means}</p>
      ${readings.map((reading, at) => this.choice(reading, at))}
      <button type="submit" class="button button-small button-main">${columns.again}</button>
      <button type="button" class="button button-small" @click=${this.toggle}>${leave}</button>
    </form>`
  }

  /** A list of columns with the one that was read first. */
  private choice({ column, phrase, others }: ColumnReading, at: number) {
    const { columns } = this.context.words.keep
    return html`<label>
      <span>${phrase ? columns.asked(phrase) : columns.used}</span>
      <select class="field" name=${at}>
        <option value="">${columns.asRead(columnText(column))}</option>
        ${others.map((other, place) => html`<option value=${place}>${columnText(other)}</option>`)}
      </select>
    </label>`
  }

  private async toggle(): Promise<void> {
    this.isOpen = !this.isOpen
    await this.updateComplete
    this.querySelector<HTMLElement>(this.isOpen ? 'select' : 'button')?.focus()
  }

  private onSubmit(event: SubmitEvent): void {
    event.preventDefault()
    const picked = this.picked(new FormData(event.currentTarget as HTMLFormElement))
    if (picked.length === 0) {
      this.querySelector('select')?.focus()
      return
    }
    const { answer, question, swaps = [] } = this.turn
    const asked = answer?.rewrittenQuestion ?? question
    this.isOpen = false
    tell(this, 'parley-reread', { question: asked, swaps: joinSwaps(swaps, picked) })
  }

  private picked(form: FormData): readonly ColumnSwap[] {
    return this.readings().flatMap(({ column, others }, at) => {
      const place = form.get(String(at))
      const by = place === '' ? undefined : others[Number(place)]
      return by ? [{ column, by }] : []
    })
  }
}

define('parley-columns', ParleyColumns)
