/** One question and its answer: live steps while it is being made, then the answer. */
import { html, nothing } from 'lit'
import '../answer/parley-answer.js'
import { swappedMark } from '../correct/swapped-mark.js'
import { define, ParleyElement } from '../parley-element.js'
import { liveSteps } from './live-steps.js'
import type { Turn } from './turn-state.js'

export class ParleyTurn extends ParleyElement {
  static override properties = { turn: { attribute: false } }
  declare turn: Turn

  protected override render() {
    const { turn, context } = this
    return html`<section class="turn" aria-label=${context.words.answer.turn(turn.question)}>
      <h2 class="question">${turn.question}</h2>
      ${turn.isOwnSql ? html`<p class="rewritten">${context.words.answer.ownSql}</p>` : nothing}
      ${swappedMark(turn, context)}
      ${turn.isRunning ? liveSteps(turn, context) : nothing}
      <parley-answer .turn=${turn} .context=${context}></parley-answer>
    </section>`
  }
}

define('parley-turn', ParleyTurn)
