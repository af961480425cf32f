/** What is happening while an answer is made: a progress line, the current step, the finished ones with times. */
import { html, nothing, type TemplateResult } from 'lit'
import type { TraceStep } from '../../../agents/answer.js'
import type { AnswerEvent } from '../../../agents/answer-event.js'
import type { Context } from '../context.js'
import type { Locale } from '../text/locale.js'
import type { Turn } from './turn-state.js'

type StateEvent = Extract<AnswerEvent, { type: 'state' }>

const phases = [
  'understanding',
  'searching',
  'planning',
  'generating',
  'correcting',
  'executing',
  'charting',
] as const

/** Only a change is written, since a screen reader speaks every write. */
export function liveSteps({ state, steps }: Turn, context: Context): TemplateResult {
  const { words, locale } = context
  return html`<div class="live">
    <progress
      class="live-progress"
      max=${phases.length + 1}
      .value=${reached(state, steps)}
      aria-label=${words.live.progress}
    ></progress>
    <div class="live-head">
      <p class="live-status" role="status">${words.phases[state?.state ?? 'sending']}</p>
      <span class="live-detail" aria-hidden="true">${state ? amountOf(state, context) : nothing}</span>
    </div>
    <ol class="live-list" aria-label=${words.live.finished}>
      ${steps.map((step) => stepLine(step, locale))}
    </ol>
  </div>`
}

/** A corrected statement goes back a phase; the line does not. */
function reached(state: StateEvent | undefined, steps: readonly TraceStep[]): number {
  const seen = steps.map(({ phase }) => phase)
  if (state) seen.push(state.state)
  return Math.max(0, ...seen.map((phase) => phases.indexOf(phase) + 1))
}

function amountOf({ progress, queue }: StateEvent, { words, locale }: Context): string {
  if (queue && queue.place > 0) return words.live.queue(locale.number(queue.place))
  return progress ? words.live[progress.unit](locale.number(progress.done)) : ''
}

export function stepLine(
  { summary, elapsedMs }: { readonly summary: string; readonly elapsedMs: number },
  locale: Locale,
): TemplateResult {
  return html`<li>
    <span>${summary}</span><span class="elapsed">${locale.milliseconds(elapsedMs)}</span>
  </li>`
}
