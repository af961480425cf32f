/** All styles as constructable sheets, which both roots share. */
import answer from './styles/answer.css'
import base from './styles/base.css'
import chart from './styles/chart.css'
import composer from './styles/composer.css'
import controls from './styles/controls.css'
import dialog from './styles/dialog.css'
import header from './styles/header.css'
import how from './styles/how.css'
import keep from './styles/keep.css'
import layout from './styles/layout.css'
import print from './styles/print.css'
import sidebar from './styles/sidebar.css'
import sql from './styles/sql.css'
import table from './styles/table.css'
import tabs from './styles/tabs.css'
import theme from './styles/theme.css'
import turn from './styles/turn.css'
import welcome from './styles/welcome.css'

const frame = [theme, base, layout, controls].map(sheetOf)

export const chatSheets: readonly CSSStyleSheet[] = [
  ...frame,
  ...[welcome, composer, turn, answer, tabs, table, chart, sql, how, dialog, keep, print].map(
    sheetOf,
  ),
]

export const pageSheets: readonly CSSStyleSheet[] = [
  ...frame,
  ...[header, dialog, sidebar, print].map(sheetOf),
]

export function sheetOf(text: string): CSSStyleSheet {
  const sheet = new CSSStyleSheet()
  sheet.replaceSync(text)
  return sheet
}
