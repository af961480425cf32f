/** What `parley chat` writes on: lines in a style each, without colours where nobody wants or sees them. */
import type { Writable } from 'node:stream'
import { escapeCharacters, terminalControls } from '../escape-characters.js'

export type Style = 'plain' | 'faint' | 'strong' | 'chart' | 'wrong'

/** Select Graphic Rendition, of ECMA-48. */
const codes: Readonly<Record<Style, string>> = {
  plain: '',
  faint: '2',
  strong: '1',
  chart: '36',
  wrong: '31',
}

/** Of what is no terminal. */
const usualWidth = 100
const introducer = '\u001b['
const clearLine = `\r${introducer}K`

export interface Screen {
  readonly width: number
  /** Lines of text, in which nothing is acted upon by the terminal. */
  write(text: string, style?: Style): void
  /** One line that the next one takes the place of; nothing where that cannot be. */
  status(text: string): void
  /** Takes it away. */
  settle(): void
}

export function createScreen(
  out: Writable & { readonly isTTY?: boolean; readonly columns?: number },
  hasColours: boolean,
): Screen {
  const width = () => (out.isTTY && out.columns ? out.columns : usualWidth)
  let hasStatus = false
  const settle = () => {
    if (hasStatus) out.write(clearLine)
    hasStatus = false
  }
  const styled = (line: string, style: Style) =>
    hasColours && codes[style] !== '' && line !== ''
      ? `${introducer}${codes[style]}m${line}${introducer}0m`
      : line
  return {
    get width() {
      return width()
    },
    write: (text, style = 'plain') => {
      settle()
      const safe = escapeCharacters(text, terminalControls)
      for (const line of safe.split('\n')) out.write(`${styled(line, style)}\n`)
    },
    status: (text) => {
      if (!out.isTTY) return
      const line = escapeCharacters(text.replace(/\s+/g, ' '), terminalControls)
      out.write(`${clearLine}${styled(line.slice(0, width() - 1), 'faint')}`)
      hasStatus = true
    },
    settle,
  }
}
