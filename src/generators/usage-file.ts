/** The file of one day's calls to models: a line each, written by every process on one home. */
import { appendFile, mkdir, open, readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import type { UsageEntry } from './day-meter.js'
import type { UsageBook } from './usage-book.js'

export const daysKept = 31
const fileName = /^usage-\d{4}-\d{2}-\d{2}\.jsonl$/
const count = z.number().min(0)
const entryLine = z.object({
  generator: z.string(),
  model: z.string(),
  input: count,
  output: count,
  ok: z.boolean(),
})

export function usageFile(folder: string): UsageBook {
  return {
    write: (...given) => writeUsage(folder, ...given),
    read: (...given) => readUsage(folder, ...given),
    forgetOldDays: () => forgetOldDays(folder),
  }
}

async function writeUsage(folder: string, day: string, entry: UsageEntry): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 })
  await appendFile(pathOf(folder, day), `${JSON.stringify(entry)}\n`, { mode: 0o600 })
}

/** Whole lines behind `from`, in bytes; lines that are none of ours are passed over. */
async function readUsage(
  folder: string,
  day: string,
  from: number,
): Promise<{ readonly entries: readonly UsageEntry[]; readonly end: number }> {
  const file = await open(pathOf(folder, day), 'r').catch(() => undefined)
  if (!file) return { entries: [], end: from }
  try {
    const { size } = await file.stat()
    const bytes = Buffer.alloc(Math.max(0, size - from))
    await file.read(bytes, 0, bytes.length, from)
    const length = bytes.lastIndexOf('\n') + 1
    const lines = bytes.toString('utf8', 0, length).split('\n').filter(Boolean)
    return { entries: lines.flatMap(readEntry), end: from + length }
  } finally {
    await file.close()
  }
}

async function forgetOldDays(folder: string): Promise<void> {
  const names = (await readdir(folder).catch(() => [])).filter((name) => fileName.test(name))
  for (const name of names.sort().slice(0, -daysKept)) await rm(join(folder, name), { force: true })
}

function pathOf(folder: string, day: string): string {
  return join(folder, `usage-${day}.jsonl`)
}

/** None for a line that is none of ours. */
export function readEntry(line: string): readonly UsageEntry[] {
  try {
    return [entryLine.parse(JSON.parse(line))]
  } catch {
    return []
  }
}
