/** A phase's file: a line for each pair as it comes, so that whatever was written stays whole lines. */
import { appendFile, mkdir, readFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { Pair, PhaseName } from './pair.js'

export function pairFilePath(folder: string, phase: PhaseName, version?: string): string {
  return join(folder, `${phase}${version === undefined ? '' : `-${version}`}.jsonl`)
}

export type OpenedPairFile =
  | { readonly ok: true; readonly append: (pair: Pair) => Promise<void> }
  | { readonly ok: false; readonly message: string }

/** Nothing that was written is ever overwritten. */
export async function openPairFile(path: string): Promise<OpenedPairFile> {
  try {
    await mkdir(dirname(path), { recursive: true })
    await appendFile(path, '')
    if ((await readFile(path)).length > 0) {
      const message = `${path} holds pairs already; --run-version writes another file.`
      return { ok: false, message }
    }
  } catch (error) {
    return { ok: false, message: `${path} cannot be written: ${(error as Error).message}` }
  }
  return { ok: true, append: (pair) => appendFile(path, `${JSON.stringify(pair)}\n`) }
}
