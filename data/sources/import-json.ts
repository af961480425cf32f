/** Reads a JSON array, one JSON object, or one JSON value a line into a table. */
import { readFile, stat } from 'node:fs/promises'
import { quoteName } from '../quote.js'
import { fileLiteral } from './file-literal.js'
import type { ImportEngine } from './import-engine.js'

/** Larger files are trusted to be complete: checking reads them whole. */
const CHECKED_BYTES = 64 * 1024 * 1024

export async function importJson(engine: ImportEngine, table: string, path: string): Promise<void> {
  if (await isCutArray(path)) throw new Error('The JSON array has no end: the file looks cut.')
  await engine.run(`CREATE TABLE ${quoteName(table)} AS FROM read_json(${fileLiteral(path)})`)
}

/** The engine reads a cut array without complaint, so it is looked for here. */
async function isCutArray(path: string): Promise<boolean> {
  if (!/\.json$/i.test(path) || (await stat(path)).size > CHECKED_BYTES) return false
  const text = (await readFile(path, 'utf8')).trim()
  return text.startsWith('[') && !text.endsWith(']')
}
