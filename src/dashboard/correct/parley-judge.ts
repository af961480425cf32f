/** Thumbs up or down for an answer, with a reason where something is wrong. */
import { html, nothing } from 'lit'
import type { Feedback, Verdict } from '../../../data/store/app-store.js'
import { wordsOf } from '../answer/problem-view.js'
import { define, ParleyElement } from '../parley-element.js'
import { RequestError } from '../service/request-error.js'
import { thumbIcon } from './thumb-icon.js'

let forms = 0

export class ParleyJudge extends ParleyElement {
  static override properties = {
    answerId: { attribute: false },
    given: { attribute: false },
    judged: { state: true },
    asks: { state: true },
    note: { state: true },
  }
  declare answerId: string
  /** The judgement that the service has from before. */
  declare given: Feedback | undefined
  declare judged: Feedback | undefined
  /** Whether it asks for a reason. */
  declare asks: boolean
  declare note: string
  private readonly fieldId: string

  constructor() {
    super()
    forms += 1
    this.fieldId = `reason-${forms}`
    this.asks = false
    this.note = ''
  }

  protected override render() {
    return html`${this.thumb('up')} ${this.thumb('down')} ${this.asks ? this.form() : nothing}
      <span class="tool-note muted" role="status">${this.note}</span>`
  }

  private get current(): Feedback | undefined {
    return this.judged ?? this.given
  }

  private thumb(verdict: Verdict) {
    const label = this.context.words.keep.verdicts[verdict]
    return html`<button
      type="button"
      class="button button-small thumb"
      aria-label=${label}
      title=${label}
      aria-pressed=${this.current?.verdict === verdict}
      @click=${() => this.press(verdict)}
    >${thumbIcon(verdict)}</button>`
  }

  /** The reason of a judgement that stays stays too. */
  private press(verdict: Verdict): void {
    const { current } = this
    void this.judge(current?.verdict === verdict ? current : { verdict }, verdict === 'down')
  }

  private form() {
    const { keep } = this.context.words
    const leave = () => {
      this.asks = false
    }
    return html`<form
      class="tool-form"
      @submit=${this.onSubmit}
      @keydown=${(event: KeyboardEvent) => event.key === 'Escape' && leave()}
    >
      <p>
        ${keep.usualReasons.map(
          (reason) =>
            html`<button type="button" class="chip" @click=${() => this.judge({ verdict: 'down', reason })}>${reason}</button> `,
        )}
      </p>
      <label for=${this.fieldId}>${keep.reason}</label>
      <input id=${this.fieldId} class="field" maxlength="2000" .value=${this.current?.reason ?? ''}>
      <button type="submit" class="button button-small button-main">${keep.send}</button>
      <button type="button" class="button button-small" @click=${leave}>${keep.noReason}</button>
    </form>`
  }

  private onSubmit(event: SubmitEvent): void {
    event.preventDefault()
    const reason = this.querySelector<HTMLInputElement>('.tool-form input')?.value.trim()
    void this.judge({ verdict: 'down', ...(reason && { reason }) })
  }

  /** The verdict counts at once; a reason may follow and takes its place. */
  private async judge(feedback: Feedback, asks = false): Promise<void> {
    const { service, dataset, words } = this.context
    const body = { answer_id: this.answerId, ...feedback, ...(dataset && { dataset }) }
    this.note = ''
    try {
      await service.sendJson('POST', '/api/v1/feedback', body)
      this.judged = feedback
      this.asks = asks
      this.note = asks ? '' : words.keep.thanks
    } catch (error) {
      if (!(error instanceof RequestError)) throw error
      this.note = wordsOf(error, words).message
    }
    if (!asks) return
    await this.updateComplete
    this.querySelector<HTMLElement>('.tool-form .chip')?.focus()
  }
}

define('parley-judge', ParleyJudge)
