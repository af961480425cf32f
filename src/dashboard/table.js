/** The result as a table: numbers at the right, a head that stays, and a plain word when rows were cut. */
import { element } from './element.js'
import { cellFormatter, countOf } from './format.js'

/** @typedef {import('../../data/catalog.js').Value} Value */

/**
 * @typedef {object} TableData
 * @property {readonly import('../../data/database.js').ResultColumn[]} columns
 * @property {readonly (readonly Value[])[]} rows
 * @property {number} rowCount
 * @property {boolean} truncated
 */

/** Rows drawn at first and with each press of the button; thousands of them at once would freeze a phone. */
const rowsAtOnce = 100

/**
 * @param {TableData} data
 * @returns {HTMLElement}
 */
export function tableView(data) {
  const { columns, rows } = data
  const formatters = columns.map((column, index) =>
    cellFormatter(
      column,
      rows.map((row) => row[index] ?? null),
    ),
  )
  const body = element('tbody')
  const note = element('span')
  const more = element('button', { type: 'button', class: 'link', onclick: addRows })
  let drawn = 0

  function addRows() {
    const next = rows.slice(drawn, drawn + rowsAtOnce)
    drawn += next.length
    body.append(...next.map(rowOf))
    note.textContent = describe(data, drawn)
    more.hidden = drawn >= rows.length
    more.textContent = `Show ${Math.min(rowsAtOnce, rows.length - drawn)} more`
  }

  /** @param {readonly Value[]} row */
  function rowOf(row) {
    return element(
      'tr',
      {},
      columns.map(({ kind }, index) => cellOf(row[index] ?? null, kind, formatters[index])),
    )
  }

  addRows()
  return element(
    'div',
    { class: 'result' },
    element(
      'div',
      { class: 'table-scroll', tabindex: 0, role: 'region', 'aria-label': 'Result rows' },
      element('table', {}, element('thead', {}, element('tr', {}, columns.map(headOf))), body),
    ),
    element('p', { class: 'table-note' }, note, more),
  )
}

/** @param {{ name: string, kind: string, type: string }} column */
function headOf({ name, kind, type }) {
  return element('th', { scope: 'col', 'data-kind': kind, title: type }, name)
}

/**
 * @param {Value} value
 * @param {string} kind
 * @param {((value: Value) => string) | undefined} format
 */
function cellOf(value, kind, format = String) {
  if (value === null)
    return element('td', { 'data-kind': kind, class: 'empty', title: 'no value' }, '–')
  return element('td', { 'data-kind': kind }, format(value))
}

/**
 * @param {TableData} data
 * @param {number} drawn
 */
function describe({ rowCount, truncated }, drawn) {
  if (rowCount === 0) return 'No rows.'
  const shown = drawn < rowCount ? `${drawn.toLocaleString('en')} of ` : ''
  const cut = truncated ? ' were read; the result has more. Ask for fewer to see the end.' : ''
  return `${shown}${countOf(rowCount, 'row')}${cut}${cut ? '' : '.'} `
}
