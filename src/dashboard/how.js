/** "How I got here": everything an answer says about its own making. */
import { element } from './element.js'
import { formatMilliseconds } from './format.js'
import { stepLine } from './live-steps.js'
import { codeView } from './sql.js'

/** @typedef {import('../../agents/answer.js').Answer} Answer */
/** @typedef {import('./element.js').Child} Child */

/**
 * @param {Answer} answer
 * @returns {HTMLElement}
 */
export function howView(answer) {
  const { provenance } = answer
  return element(
    'div',
    { class: 'how' },
    section('Steps', stepsOf(answer)),
    answer.ok && answer.confidence && section('Confidence', confidenceOf(answer.confidence)),
    provenance && [
      provenance.valueLinks.length > 0 &&
        section('Words found in the data', linksOf(provenance.valueLinks)),
      provenance.attempts.length > 0 &&
        section('Attempts', attemptsOf(provenance.attempts), provenance.reason),
      provenance.documents.length > 0 &&
        section('What was looked up', documentsOf(provenance.documents)),
      section('Fingerprint', fingerprintOf(provenance)),
    ],
  )
}

/**
 * @param {string} heading
 * @param {HTMLElement} content
 * @param {string} [note]
 */
function section(heading, content, note) {
  return element('section', {}, element('h3', {}, heading), note && element('p', {}, note), content)
}

/** @param {Answer} answer */
function stepsOf({ trace, timings }) {
  const total = timings.total
  return element(
    'ol',
    { class: 'step-list' },
    trace.map(stepLine),
    total !== undefined &&
      element(
        'li',
        { class: 'total' },
        element('span', {}, 'In all'),
        element('span', { class: 'elapsed' }, formatMilliseconds(total)),
      ),
  )
}

/** @param {NonNullable<Extract<Answer, { ok: true }>['confidence']>} confidence */
function confidenceOf({ signals }) {
  return element(
    'ul',
    { class: 'signals' },
    signals.map(({ name, value, note }) =>
      element(
        'li',
        {},
        element('span', {}, name),
        element('meter', {
          min: 0,
          max: 1,
          low: 0.5,
          high: 0.75,
          optimum: 1,
          value,
          'aria-label': name,
        }),
        element('span', { class: 'muted' }, note),
      ),
    ),
  )
}

/** @param {readonly { phrase: string, column: string, value: string }[]} links */
function linksOf(links) {
  return element(
    'ul',
    {},
    links.map(({ phrase, column, value }) =>
      element('li', {}, `“${phrase}” is ${value} in `, element('code', {}, column)),
    ),
  )
}

/** @param {readonly import('../../agents/answer.js').Attempt[]} attempts */
function attemptsOf(attempts) {
  return element(
    'ol',
    { class: 'attempts' },
    attempts.map(({ sql, generator, failure }) =>
      element(
        'li',
        {},
        element(
          'p',
          { class: failure ? 'failed' : '' },
          `${generator}: ${failure ? failure.message : 'used'}`,
        ),
        failure && codeView(sql),
      ),
    ),
  )
}

/** @param {readonly { id: string, distance?: number, score: number }[]} documents */
function documentsOf(documents) {
  return element(
    'table',
    { class: 'documents' },
    element(
      'thead',
      {},
      element(
        'tr',
        {},
        element('th', { scope: 'col' }, 'Document'),
        element('th', { scope: 'col', 'data-kind': 'number' }, 'Distance'),
        element('th', { scope: 'col', 'data-kind': 'number' }, 'Score'),
      ),
    ),
    element(
      'tbody',
      {},
      documents.map(({ id, distance, score }) =>
        element(
          'tr',
          {},
          element('td', {}, id),
          element('td', { 'data-kind': 'number' }, distance?.toFixed(2) ?? '–'),
          element('td', { 'data-kind': 'number' }, score.toFixed(2)),
        ),
      ),
    ),
  )
}

/** @param {import('../../agents/answer.js').Provenance} provenance */
function fingerprintOf({ fingerprint, dataVersion, model }) {
  return element(
    'p',
    { class: 'muted' },
    element('code', {}, fingerprint),
    ` on data ${dataVersion}`,
    model && ` with ${model}`,
    '. The same question on the same fingerprint gives the same SQL.',
  )
}
