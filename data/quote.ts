/** Writes names and texts into SQL so that they stay names and texts. */
import type { Dialect } from './catalog.js'

export function quoteName(name: string): string {
  return `"${name.replaceAll('"', '""')}"`
}

export function quoteText(text: string): string {
  return `'${text.replaceAll("'", "''")}'`
}

const escapesByBackslash: ReadonlySet<Dialect> = new Set(['mysql', 'spark'])

/** As `quoteText`, for engines that would read a backslash as the start of something else, too. */
export function quoteTextFor(dialect: Dialect, text: string): string {
  return quoteText(escapesByBackslash.has(dialect) ? text.replaceAll('\\', '\\\\') : text)
}
