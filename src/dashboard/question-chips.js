/** Questions as buttons: one click asks. */
import { element } from './element.js'

/**
 * @param {readonly string[]} questions
 * @param {(question: string) => void} onAsk
 * @returns {HTMLElement[]}
 */
export function questionChips(questions, onAsk) {
  return questionItems('chip', questions, onAsk)
}

/**
 * The same, less conspicuous.
 * @param {readonly string[]} questions
 * @param {(question: string) => void} onAsk
 * @returns {HTMLElement[]}
 */
export function questionLinks(questions, onAsk) {
  return questionItems('link', questions, onAsk)
}

/**
 * @param {string} style
 * @param {readonly string[]} questions
 * @param {(question: string) => void} onAsk
 */
function questionItems(style, questions, onAsk) {
  return questions.map((question) =>
    element(
      'li',
      {},
      element('button', { type: 'button', class: style, onclick: () => onAsk(question) }, question),
    ),
  )
}
