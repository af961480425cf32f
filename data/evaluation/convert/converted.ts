/** What a converter hands on: lines of a questions file, and what it had to leave out. */
import { existsSync, statSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { z } from 'zod'
import type { ExpectedChart } from '../evaluation-question.js'

export interface ConvertedQuestion {
  readonly id: string
  /** Path of the database. */
  readonly source: string
  readonly question: string
  readonly sql: string
  readonly evidence?: string
  readonly chart?: ExpectedChart
}

export type Converted =
  | {
      readonly ok: true
      readonly questions: readonly ConvertedQuestion[]
      /** One sentence for each reason, with the count. */
      readonly leftOut: readonly string[]
    }
  | { readonly ok: false; readonly message: string }

export interface LayoutInput {
  /** Where the benchmark was unpacked. */
  readonly folder: string
  /** `dev`, `train` or `test`, as the files are named. */
  readonly split: string
  /** Folder of the databases where it is not beside the questions. */
  readonly databases?: string
  /** Where files can be written that the questions need. */
  readonly out: string
}

/** The first of the named files that is there, and its text. */
export async function readFirst(folder: string, names: readonly string[]) {
  const name = names.find((candidate) => existsSync(join(folder, candidate)))
  if (name === undefined) return undefined
  return { name, text: await readFile(join(folder, name), 'utf8') }
}

export function notThere(folder: string, names: readonly string[]): Converted {
  return { ok: false, message: `There is no ${names.join(' and no ')} in ${folder}.` }
}

/** Names the first row that is not what the layout promises. */
export function checkRows<Row>(
  schema: z.ZodType<Row>,
  values: readonly unknown[],
):
  | { readonly ok: true; readonly rows: readonly Row[] }
  | { readonly ok: false; readonly message: string } {
  const rows: Row[] = []
  for (const [at, value] of values.entries()) {
    const checked = schema.safeParse(value)
    if (!checked.success) {
      const [issue] = checked.error.issues
      const message = `Question ${at + 1}: ${issue?.path.join('.')} ${issue?.message}`
      return { ok: false, message }
    }
    rows.push(checked.data)
  }
  return { ok: true, rows }
}

export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** A question about a database that is not there, or is an empty file, cannot be asked. */
export function withDatabase(questions: readonly ConvertedQuestion[]): Converted {
  const there = new Map<string, boolean>()
  for (const { source } of questions) {
    if (!there.has(source))
      there.set(source, (statSync(source, { throwIfNoEntry: false })?.size ?? 0) > 0)
  }
  const kept = questions.filter(({ source }) => there.get(source))
  const missing = [...there.keys()].filter((source) => !there.get(source))
  const lost = questions.length - kept.length
  const named = missing.slice(0, maxNamed).join(', ')
  const others = missing.length > maxNamed ? ` and ${missing.length - maxNamed} more` : ''
  const leftOut = lost === 0 ? [] : [`${lost} left out: there is no ${named}${others}.`]
  return { ok: true, questions: kept, leftOut }
}

/** Missing databases that are named. */
const maxNamed = 3

/** The values of a file that holds one a line. */
export function linesOf(text: string): readonly unknown[] {
  return text
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map(parseJson)
}
