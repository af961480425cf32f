/** A phase's file: a line for each pair as it comes, so that whatever was written stays whole lines. */
import { appendFile, mkdir, readFile, truncate } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { Pair, PhaseName } from './pair.js'
import type { Shard } from './shard.js'

export interface PairFileName {
  readonly phase: PhaseName
  readonly version?: string
  readonly shard?: Shard
}

export function pairFilePath(folder: string, { phase, version, shard }: PairFileName): string {
  const suffix = version === undefined ? '' : `-${version}`
  const part = shard ? `-shard-${shard.index}-of-${shard.of}` : ''
  return join(folder, `${phase}${suffix}${part}.jsonl`)
}

export type OpenedPairFile =
  | {
      readonly ok: true
      /** What an earlier run wrote. */
      readonly known: readonly Pair[]
      readonly append: (pair: Pair) => Promise<void>
    }
  | { readonly ok: false; readonly message: string }

/** Nothing that was written is ever overwritten: an earlier run is gone on with, or is in the way. */
export async function openPairFile(
  path: string,
  { resume, seed }: { readonly resume: boolean; readonly seed: number },
): Promise<OpenedPairFile> {
  let known: readonly Pair[]
  try {
    await mkdir(dirname(path), { recursive: true })
    await appendFile(path, '')
    known = await readWholeLines(path)
  } catch (error) {
    return { ok: false, message: `${path} cannot be written: ${(error as Error).message}` }
  }
  if (known.length > 0 && !resume) {
    const message = `${path} holds pairs already; --resume goes on with them, --run-version writes another file.`
    return { ok: false, message }
  }
  if (known.some(({ metadata }) => metadata.seed !== seed)) {
    return {
      ok: false,
      message: `${path} was written with another seed; --run-version writes another file.`,
    }
  }
  return { ok: true, known, append: (pair) => appendFile(path, `${JSON.stringify(pair)}\n`) }
}

/** Of a file that is not there, none. */
export async function readPairFile(path: string): Promise<readonly Pair[]> {
  const text = await readFile(path, 'utf8').catch(() => '')
  return text.split('\n').flatMap((line) => (line === '' ? [] : [JSON.parse(line) as Pair]))
}

/** A line that was cut when the process was killed is taken away. */
async function readWholeLines(path: string): Promise<readonly Pair[]> {
  const bytes = await readFile(path)
  const end = bytes.lastIndexOf('\n') + 1
  if (end < bytes.length) await truncate(path, end)
  return readPairFile(path)
}
