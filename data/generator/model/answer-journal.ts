/** What models answered, on disk as it comes: nothing is paid for twice, and a later run knows what was spent. */
import { appendFile, mkdir, readFile, truncate } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { z } from 'zod'

const entry = z.object({
  /** Of what was asked, and of whom. */
  key: z.string(),
  model: z.string(),
  input: z.number(),
  output: z.number(),
  cut: z.boolean(),
  text: z.string(),
})

export type JournalEntry = z.output<typeof entry>

export interface AnswerJournal {
  readonly entries: readonly JournalEntry[]
  find(key: string): JournalEntry | undefined
  append(entry: JournalEntry): Promise<void>
}

/** Beside a phase's file: `joins.jsonl` has `answers-joins.jsonl`. */
export function journalPath(pairPath: string): string {
  return join(dirname(pairPath), `answers-${basename(pairPath)}`)
}

/** Lines that are cut or are no answers are left out. The file is made with its first line. */
export async function openAnswerJournal(path: string): Promise<AnswerJournal> {
  const bytes = await readFile(path).catch(() => Buffer.alloc(0))
  const end = bytes.lastIndexOf('\n') + 1
  if (end < bytes.length) await truncate(path, end)
  const entries = bytes.subarray(0, end).toString().split('\n').flatMap(readLine)
  const known = new Map(entries.map((each) => [each.key, each]))
  return {
    entries,
    find: (key) => known.get(key),
    append: async (added) => {
      known.set(added.key, added)
      await mkdir(dirname(path), { recursive: true })
      await appendFile(path, `${JSON.stringify(added)}\n`)
    },
  }
}

function readLine(line: string): readonly JournalEntry[] {
  try {
    const { data } = entry.safeParse(JSON.parse(line))
    return data ? [data] : []
  } catch {
    return []
  }
}
