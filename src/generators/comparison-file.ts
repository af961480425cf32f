/** The lines that a comparison is counted from: ids and outcomes, no question, SQL or value. */

import { readFileSync } from 'node:fs'
import { appendFile, mkdir } from 'node:fs/promises'
import { dirname } from 'node:path'
import { z } from 'zod'

const about = { setting: z.string(), id: z.string() }
const comparedLine = z.union([
  z.object({ ...about, verdict: z.enum(['up', 'down']) }),
  z.object({
    ...about,
    arm: z.enum(['usual', 'second']),
    ok: z.boolean(),
    fellBack: z.boolean(),
    ms: z.number(),
  }),
])

export type ComparedLine = z.infer<typeof comparedLine>

export interface ComparisonFile {
  /** What was there before. */
  readonly lines: readonly ComparedLine[]
  /** One after the other, behind the caller's back. */
  append(line: ComparedLine): void
}

export function openComparisonFile(
  path: string,
  onFailure: (error: unknown) => void,
): ComparisonFile {
  let writing: Promise<unknown> = Promise.resolve()
  return {
    lines: read(path),
    append: (line) => {
      writing = writing
        .then(() => mkdir(dirname(path), { recursive: true, mode: 0o700 }))
        .then(() => appendFile(path, `${JSON.stringify(line)}\n`, { mode: 0o600 }))
        .catch(onFailure)
    },
  }
}

function read(path: string): readonly ComparedLine[] {
  try {
    return readFileSync(path, 'utf8').split('\n').flatMap(readLine)
  } catch {
    return []
  }
}

function readLine(text: string): readonly ComparedLine[] {
  try {
    return [comparedLine.parse(JSON.parse(text))]
  } catch {
    return []
  }
}
