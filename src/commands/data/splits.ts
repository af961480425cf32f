/** `parley data splits`: questions into training, validation and test, by database. */
import { readFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { z } from 'zod'
import {
  type SplitName,
  type SplitShares,
  splitByDatabase,
  splitNames,
} from '../../../data/training/split-by-database.js'
import { exitCodes } from '../../exit-codes.js'
import type { CommandContext } from '../command-context.js'
import { parseCount } from '../parse-count.js'
import { writeJsonLines, writeWhole } from './write-whole.js'

export interface SplitsOptions {
  readonly file: string
  readonly out?: string
  readonly shares: string
  readonly seed: string
  readonly maxWords?: string
}

const usage =
  'Use: parley data splits FILE --out FOLDER [--shares 90/5/5] [--seed N] [--max-words N]'

/** What our own commands write, and Spider's own name. */
const row = z
  .looseObject({
    database: z.string().optional(),
    db_id: z.string().optional(),
    source: z.string().optional(),
    sql: z.string().optional(),
    query: z.string().optional(),
  })
  .transform((value, context) => {
    const named = value.database ?? value.db_id ?? value.source
    if (named === undefined) {
      context.addIssue({ code: 'custom', message: 'It names no database, db_id or source.' })
      return z.NEVER
    }
    const database = basename(named).replace(/\.\w+$/, '')
    const words = (value.sql ?? value.query ?? '').trim().split(/\s+/).length
    return { value, database, words }
  })

type SplitRow = z.infer<typeof row>

export async function splits(options: SplitsOptions & { json?: boolean }, context: CommandContext) {
  const { terminal } = context
  const shares = parseShares(options.shares)
  const [seed, maxWords] = [parseCount(options.seed), parseCount(options.maxWords)]
  const { out } = options
  if (out === undefined || !shares || typeof seed !== 'number' || maxWords === 'wrong') {
    terminal.say(usage)
    return exitCodes.usage
  }
  const read = await readRows(options.file)
  if (!read.ok) {
    terminal.say(read.message)
    return exitCodes.failed
  }
  const kept = read.rows.filter(({ words }) => maxWords === undefined || words <= maxWords)
  const split = splitByDatabase(countsOf(kept), { shares, seed })
  const parts = splitNames.map((name) => {
    const rows = kept.filter(({ database }) => split.get(database) === name)
    return { name, rows, databases: [...countsOf(rows).keys()].sort() }
  })
  for (const { name, rows } of parts) {
    const lines = rows.map(({ value }) => value)
    const written = await writeJsonLines(join(out, `${name}.jsonl`), lines)
    if (!written.ok) {
      terminal.say(written.message)
      return exitCodes.failed
    }
  }
  const entries = parts.map(({ name, rows, databases }) => [
    name,
    { questions: rows.length, databases },
  ])
  const record = { seed, shares, maxWords, leftOut: read.rows.length - kept.length }
  const report = { ...record, ...Object.fromEntries(entries) }
  await writeWhole(join(out, 'splits.json'), `${JSON.stringify(report, null, 2)}\n`)
  terminal.print(options.json ? JSON.stringify(report) : textOf(parts, out))
  return exitCodes.answered
}

function countsOf(rows: readonly SplitRow[]): Map<string, number> {
  const counts = new Map<string, number>()
  for (const { database } of rows) counts.set(database, (counts.get(database) ?? 0) + 1)
  return counts
}

/** Three whole percentages that make 100. */
function parseShares(text: string): SplitShares | undefined {
  const match = /^(\d{1,3})\/(\d{1,3})\/(\d{1,3})$/.exec(text)
  if (!match) return undefined
  const [train = 0, validation = 0, test = 0] = match.slice(1).map(Number)
  return train + validation + test === 100 ? { train, validation, test } : undefined
}

/** JSON lines, or one JSON list as Spider's files are. */
async function readRows(file: string) {
  const text = await readFile(file, 'utf8').catch(() => undefined)
  if (text === undefined) return { ok: false, message: `There is no file ${file}.` } as const
  const values = readValues(text)
  const rows: SplitRow[] = []
  for (const [at, value] of values.entries()) {
    const checked = row.safeParse(value)
    if (!checked.success) {
      const message = `${file}, entry ${at + 1}: ${checked.error.issues[0]?.message}`
      return { ok: false, message } as const
    }
    rows.push(checked.data)
  }
  if (rows.length === 0) return { ok: false, message: `${file} holds no questions.` } as const
  return { ok: true, rows } as const
}

function readValues(text: string): readonly unknown[] {
  if (text.trimStart().startsWith('[')) {
    const list = parse(text)
    return Array.isArray(list) ? list : [undefined]
  }
  return text.split('\n').flatMap((line) => (line.trim() === '' ? [] : [parse(line)]))
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function textOf(
  parts: readonly { name: SplitName; rows: readonly SplitRow[]; databases: readonly string[] }[],
  out: string,
): string {
  const lines = parts.map(
    ({ name, rows, databases }) =>
      `${name.padEnd(10)} ${String(rows.length).padStart(6)} questions on ${databases.length} databases`,
  )
  return [...lines, `in ${out}`].join('\n')
}
