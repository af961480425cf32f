/** Writes a path into DuckDB SQL so that it means exactly that one file. */
import { quoteText } from '../quote.js'

/** Characters that the engine would take for a file pattern are bracketed. */
export function fileLiteral(path: string): string {
  return quoteText(path.replace(/[*?[]/g, '[$&]'))
}
