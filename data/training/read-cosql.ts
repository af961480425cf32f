/** Reads the opening questions of CoSQL's dialogues, which sit on Spider's databases. */
import { readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import type { SetQuestion } from './set-question.js'

const dialogues = z.array(
  z.object({
    db_id: z.string(),
    turns: z.array(z.object({ utterance: z.string().nullable(), query: z.string() })),
  }),
)

/**
 * `path` is `cosql_train.json` or its folder. Later turns lean on what was said before; an opening with ` | ` in it
 * took several turns to become clear. Throws when the file is missing or has another layout.
 */
export async function readCosql(path: string): Promise<SetQuestion[]> {
  const isFolder = (await stat(path)).isDirectory()
  const file = isFolder ? join(path, 'cosql_train.json') : path
  const rows = dialogues.parse(JSON.parse(await readFile(file, 'utf8')))
  return rows.flatMap(({ db_id: database, turns: [first] }, index) => {
    const text = first?.utterance?.trim() ?? ''
    if (first === undefined || text === '' || text.includes('|')) return []
    return [{ id: `cosql-${index}`, database, wordings: [text], sql: joinSigns(first.query) }]
  })
}

/** Its SQL was cut into words: `> =` for `>=`, which SQLite does not read. */
function joinSigns(sql: string): string {
  return sql.replaceAll(/'[^']*'|"[^"]*"|[<>!]\s+=/g, (part) =>
    /^['"]/.test(part) ? part : part.replaceAll(/\s/g, ''),
  )
}
