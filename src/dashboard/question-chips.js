/** Questions as buttons: one click asks. */
import { element } from './element.js'

/**
 * @param {readonly string[]} questions
 * @param {(question: string) => void} onAsk
 * @returns {HTMLElement[]}
 */
export function questionChips(questions, onAsk) {
  return questions.map((question) =>
    element(
      'li',
      {},
      element(
        'button',
        { type: 'button', class: 'chip', onclick: () => onAsk(question) },
        question,
      ),
    ),
  )
}
