/** What may be done with an answer once it is there: judge it, approve its SQL, read its rows again. */
import { html, nothing, type TemplateResult } from 'lit'
import { wordsOf } from '../answer/problem-view.js'
import type { Turn } from '../chat/turn-state.js'
import { tell } from '../chat-events.js'
import { approvedMark } from '../correct/approved-mark.js'
import '../correct/parley-approve.js'
import '../correct/parley-columns.js'
import '../correct/parley-judge.js'
import { define, ParleyElement } from '../parley-element.js'
import { RequestError } from '../service/request-error.js'
import './parley-export.js'
import './parley-pin.js'
import { runKeptTurn } from './run-kept.js'

export class ParleyKeep extends ParleyElement {
  static override properties = {
    turn: { attribute: false },
    isRunning: { state: true },
    notes: { state: true },
  }
  declare turn: Turn
  declare isRunning: boolean
  declare notes: readonly string[]

  constructor() {
    super()
    this.isRunning = false
    this.notes = []
  }

  protected override render() {
    const { turn, context } = this
    const { answer, kept } = turn
    if (!answer && !kept) return nothing
    return html`<div class="keep">
      ${approvedMark(turn, context)} ${kept ? this.earlier(kept.askedAt) : nothing}
      ${this.notes.length > 0 ? html`<ul class="warnings" role="status">${this.notes.map((note) => html`<li>${note}</li>`)}</ul>` : nothing}
      ${this.tools()}
    </div>`
  }

  private earlier(askedAt: string): TemplateResult {
    const { words, locale } = this.context
    const { keep } = words
    const canRun = this.turn.sql && this.turn.kept?.answer.ok && !this.turn.data
    return html`<p class="earlier muted">
      <span>${keep.askedAt(locale.moment(askedAt))}</span>
      ${
        canRun
          ? html`<button type="button" class="button button-small" ?disabled=${this.isRunning} @click=${this.run}>
              ${this.isRunning ? keep.running : keep.runAgain}
            </button>`
          : nothing
      }
    </p>`
  }

  /** A judgement is of an answer that the service keeps. */
  private tools() {
    const { turn, context } = this
    const { answerId, sql } = turn
    if (turn.isRunning || !answerId) return nothing
    const isOk = turn.kept?.answer.ok ?? turn.answer?.ok
    return html`<div class="answer-tools">
      <parley-judge .answerId=${answerId} .given=${turn.kept?.feedback} .context=${context}></parley-judge>
      ${
        isOk && sql
          ? html`<parley-columns .turn=${turn} .context=${context}></parley-columns>
            <parley-approve .turn=${turn} .context=${context}></parley-approve>
            <parley-pin .turn=${turn} .context=${context}></parley-pin>
            <parley-export .turn=${turn} .context=${context}></parley-export>`
          : nothing
      }
    </div>`
  }

  private async run(): Promise<void> {
    this.isRunning = true
    this.notes = []
    try {
      const { turn, warnings } = await runKeptTurn(this.turn, this.context)
      this.notes = warnings
      tell(this, 'parley-turn', turn)
    } catch (error) {
      if (!(error instanceof RequestError)) throw error
      const { message, hints } = wordsOf(error, this.context.words)
      this.notes = [message, ...hints]
    } finally {
      this.isRunning = false
    }
  }
}

define('parley-keep', ParleyKeep)
