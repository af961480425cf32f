/** The address under which SQLite opens a file without being able to write it. */
import { pathToFileURL } from 'node:url'

/** A missing file is an error then, and is not created. */
export function readOnlyAddress(path: string): string {
  return `${pathToFileURL(path).href}?mode=ro`
}
