/** A whole JSON file; throws when it is missing or broken. */
import { readFile } from 'node:fs/promises'

export async function readJson(path: string): Promise<unknown> {
  return JSON.parse(await readFile(path, 'utf8'))
}
