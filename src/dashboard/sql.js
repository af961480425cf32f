/** The statement with its keywords coloured, a copy button, and what it does in plain words. */
import { element } from './element.js'
import { sqlTokens, withLineBreaks } from './sql-tokens.js'

/** How long the copy button confirms, in milliseconds. */
const confirmMs = 1_600

/**
 * @param {string} sql
 * @param {readonly string[]} explanation
 * @returns {HTMLElement}
 */
export function sqlView(sql, explanation = []) {
  return element(
    'div',
    { class: 'sql' },
    element('div', { class: 'sql-box' }, codeView(sql), copyButton(sql)),
    explanation.length > 0 && [
      element('h3', {}, 'What it does'),
      element(
        'ol',
        { class: 'explanation' },
        explanation.map((step) => element('li', {}, step)),
      ),
    ],
  )
}

/**
 * @param {string} sql
 * @returns {HTMLElement}
 */
export function codeView(sql) {
  const pieces = withLineBreaks(sqlTokens(sql)).map(({ kind, text }) =>
    kind === 'plain'
      ? document.createTextNode(text)
      : element('span', { class: `sql-${kind}` }, text),
  )
  return element('pre', { tabindex: 0, 'aria-label': 'SQL' }, element('code', {}, pieces))
}

/** @param {string} sql */
function copyButton(sql) {
  const button = element(
    'button',
    { type: 'button', class: 'button button-small', onclick: copy },
    'Copy',
  )
  async function copy() {
    const copied = await navigator.clipboard.writeText(sql).then(
      () => true,
      () => false,
    )
    button.textContent = copied ? 'Copied' : 'Copying is not allowed'
    setTimeout(() => {
      button.textContent = 'Copy'
    }, confirmMs)
  }
  return button
}
