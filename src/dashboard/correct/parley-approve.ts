/** Saves an answer's SQL as approved for its question, which it answers from then on. */
import { html, nothing, type PropertyValues } from 'lit'
import { wordsOf } from '../answer/problem-view.js'
import type { Turn } from '../chat/turn-state.js'
import { define, ParleyElement } from '../parley-element.js'
import { RequestError } from '../service/request-error.js'

export class ParleyApprove extends ParleyElement {
  static override properties = {
    turn: { attribute: false },
    isApproved: { state: true },
    asks: { state: true },
    note: { state: true },
  }
  declare turn: Turn
  declare isApproved: boolean
  declare asks: boolean
  declare note: string

  constructor() {
    super()
    this.isApproved = false
    this.asks = false
    this.note = ''
  }

  protected override render() {
    const { keep } = this.context.words
    const toggle = () => {
      this.asks = !this.asks
    }
    return html`${
      this.isApproved
        ? nothing
        : html`<button type="button" class="button button-small" aria-expanded=${this.asks} @click=${toggle}>${keep.approve}</button>`
    }
      ${this.asks ? this.form() : nothing}
      <span class="tool-note muted" role="status">${this.note}</span>`
  }

  /** What was just corrected is meant to stick. */
  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('turn') && !changed.get('turn') && this.turn.swaps) this.asks = true
  }

  /** The question is the answer's own, or the one that the reader means where SQL was run as it is. */
  private form() {
    const { keep } = this.context.words
    const { question, answer, kept } = this.turn
    const leave = () => {
      this.asks = false
    }
    const read = answer?.rewrittenQuestion ?? kept?.answer.rewrittenQuestion ?? question
    return html`<form
      class="tool-form"
      @submit=${this.onSubmit}
      @keydown=${(event: KeyboardEvent) => event.key === 'Escape' && leave()}
    >
      <p class="muted">${keep.approveMeans}</p>
      <label>${keep.approveQuestion}<input class="field" name="question" required maxlength="2000" .value=${read}></label>
      <label class="tool-check"><input type="checkbox" name="shared"> ${keep.approveShared}</label>
      <button type="submit" class="button button-small button-main">${keep.save}</button>
      <button type="button" class="button button-small" @click=${leave}>${keep.leave}</button>
    </form>`
  }

  private async onSubmit(event: SubmitEvent): Promise<void> {
    event.preventDefault()
    const form = new FormData(event.currentTarget as HTMLFormElement)
    const { service, dataset, words } = this.context
    const body = {
      question: String(form.get('question')).trim(),
      sql: this.turn.sql?.sql,
      ...(form.has('shared') && { shared: true }),
      ...(dataset && { dataset }),
    }
    this.note = ''
    try {
      await service.sendJson('POST', '/api/v1/knowledge/sql_pairs', body)
      this.isApproved = true
      this.note = words.keep.approvedNow
    } catch (error) {
      if (!(error instanceof RequestError)) throw error
      const { message, hints } = wordsOf(error, words)
      this.note =
        error.code === 'forbidden' ? words.keep.mayNotApprove : [message, ...hints].join(' ')
    }
    this.asks = false
  }
}

define('parley-approve', ParleyApprove)
