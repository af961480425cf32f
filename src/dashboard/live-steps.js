/** What is happening while an answer is made: a progress line, the current step, the finished ones with times. */
import { element } from './element.js'
import { formatMilliseconds } from './format.js'

/** @typedef {Extract<import('../../agents/answer-event.js').AnswerEvent, { type: 'state' }>} StateEvent */

/** @type {Record<string, string>} */
const phaseLabels = {
  understanding: 'Reading the question',
  searching: 'Finding the tables',
  planning: 'Planning',
  generating: 'Writing SQL',
  correcting: 'Correcting the SQL',
  executing: 'Running the query',
  charting: 'Drawing the chart',
}
const phases = Object.keys(phaseLabels)

export function createLiveSteps() {
  const status = element('p', { class: 'live-status', role: 'status' }, 'Sending the question')
  const detail = element('span', { class: 'live-detail', 'aria-hidden': 'true' })
  const progress = /** @type {HTMLProgressElement} */ (
    element('progress', {
      class: 'live-progress',
      max: phases.length + 1,
      value: 0,
      'aria-label': 'Progress',
    })
  )
  const list = element('ol', { class: 'live-list', 'aria-label': 'Finished steps' })
  const node = element(
    'div',
    { class: 'live' },
    progress,
    element('div', { class: 'live-head' }, status, detail),
    list,
  )

  return {
    node,
    /** @param {StateEvent} event */
    show({ state, step, progress: amount }) {
      const label = phaseLabels[state] ?? state
      // Only a change is written, since a screen reader speaks every write.
      if (status.textContent !== label) status.textContent = label
      detail.textContent = amount ? `${amount.done.toLocaleString('en')} ${amount.unit}` : ''
      progress.value = Math.max(progress.value, phases.indexOf(state) + 1)
      if (step) list.append(stepLine(step))
    },
    finish() {
      node.remove()
    },
  }
}

/**
 * @param {{ summary: string, elapsedMs: number }} step
 * @returns {HTMLElement}
 */
export function stepLine({ summary, elapsedMs }) {
  return element(
    'li',
    {},
    element('span', {}, summary),
    element('span', { class: 'elapsed' }, formatMilliseconds(elapsedMs)),
  )
}
