/** Writes names and texts into SQL so that they stay names and texts. */
import type { Dialect } from './catalog.js'

export function quoteName(name: string): string {
  return `"${name.replaceAll('"', '""')}"`
}

export function quoteText(text: string): string {
  return `'${text.replaceAll("'", "''")}'`
}

/** As `quoteText`, for Spark, too, which would read a backslash as the start of something else; MySQL's sessions do not. */
export function quoteTextFor(dialect: Dialect, text: string): string {
  return quoteText(dialect === 'spark' ? text.replaceAll('\\', '\\\\') : text)
}
