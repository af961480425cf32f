/** A phase's file: a line for each pair as it comes, so that whatever was written stays whole lines. */
import { appendFile, mkdir, readFile, truncate } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { Pair, PhaseName } from './pair.js'
import { type ReadPairLines, readPairLines } from './read-pair-lines.js'
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

/** The disk is full or the folder went away; what was written before stays. */
export class PairsUnwritable extends Error {
  readonly code = 'pairs_unwritable'
}

/** Nothing that was written is ever overwritten: an earlier run is gone on with, or is in the way. */
export async function openPairFile(
  path: string,
  { resume, seed }: { readonly resume: boolean; readonly seed: number },
): Promise<OpenedPairFile> {
  const read = await readWholeLines(path).catch((error: Error) => ({
    ok: false as const,
    problem: unwritable(path, error),
  }))
  if (!read.ok) return { ok: false, message: read.problem }
  const known = read.pairs
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
  return { ok: true, known, append: (pair) => appendPair(path, pair) }
}

async function appendPair(path: string, pair: Pair): Promise<void> {
  await appendFile(path, `${JSON.stringify(pair)}\n`).catch(async (error: Error) => {
    // A full disk may have taken a part of the line; where the file itself is gone, there is nothing to mend.
    await keepWholeLines(path).catch(() => {})
    throw new PairsUnwritable(unwritable(path, error), { cause: error })
  })
}

function unwritable(path: string, error: Error): string {
  return `${path} cannot be written: ${error.message}.`
}

/** Of a file that is not there, none. */
export async function readPairFile(path: string): Promise<readonly Pair[]> {
  const text = await readFile(path, 'utf8').catch(() => '')
  return text.split('\n').flatMap((line) => (line === '' ? [] : [JSON.parse(line) as Pair]))
}

async function readWholeLines(path: string): Promise<ReadPairLines> {
  await mkdir(dirname(path), { recursive: true })
  await appendFile(path, '')
  const bytes = await readFile(path)
  const read = readPairLines({ path, text: bytes.toString('utf8', 0, endOfLines(bytes)) })
  if (read.ok) await keepWholeLines(path)
  return read
}

/** Takes away a line that was cut, by a full disk or when the process was killed. */
async function keepWholeLines(path: string): Promise<void> {
  const bytes = await readFile(path)
  const end = endOfLines(bytes)
  if (end < bytes.length) await truncate(path, end)
}

function endOfLines(bytes: Buffer): number {
  return bytes.lastIndexOf('\n') + 1
}
