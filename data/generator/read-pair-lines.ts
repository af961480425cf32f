/** Reads pairs from the text of a file that another run or another machine wrote. */
import { z } from 'zod'
import { type Pair, phaseNames } from './pair.js'

/** What going on, merging and parting look at; the rest of a line goes on as it is. */
const line = z.looseObject({
  id: z.string(),
  phase: z.enum(phaseNames),
  database: z.string(),
  question: z.string(),
  sql: z.string().optional(),
  skeleton: z.string(),
  template: z.string(),
  metadata: z.looseObject({ draft: z.int(), seed: z.int() }),
})

export type ReadPairLines =
  | { readonly ok: true; readonly pairs: readonly Pair[] }
  | { readonly ok: false; readonly problem: string }

export function readPairLines({ path, text }: { path: string; text: string }): ReadPairLines {
  if (text !== '' && !text.endsWith('\n')) {
    const problem = `${path} ends in the middle of a line: --resume where it was written mends it, or copy it again.`
    return { ok: false, problem }
  }
  const pairs: Pair[] = []
  for (const [at, each] of text.split('\n').entries()) {
    if (each === '') continue
    const pair = readLine(each)
    if (!pair) return { ok: false, problem: `${path}, line ${at + 1} is no pair.` }
    pairs.push(pair)
  }
  return { ok: true, pairs }
}

function readLine(text: string): Pair | undefined {
  try {
    const value: unknown = JSON.parse(text)
    return line.safeParse(value).success ? (value as Pair) : undefined
  } catch {
    return undefined
  }
}
