/** The files of Spider, read and checked: what is wrong with one is a value. */
import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'

const question = z.object({ db_id: z.string(), question: z.string(), query: z.string() })

const schema = z.object({
  db_id: z.string(),
  table_names: z.array(z.string()),
  table_names_original: z.array(z.string()),
  /** Index of the table, -1 for `*`, and the name. */
  column_names: z.array(z.tuple([z.number(), z.string()])),
  column_names_original: z.array(z.tuple([z.number(), z.string()])),
  column_types: z.array(z.string()),
  /** Indexes of columns; a list for a key of several. */
  primary_keys: z.array(z.union([z.number(), z.array(z.number())])),
  foreign_keys: z.array(z.tuple([z.number(), z.number()])),
})

export type SpiderQuestion = z.infer<typeof question>
export type SpiderSchema = z.infer<typeof schema>

export type SpiderFile<Row> =
  | { readonly ok: true; readonly rows: readonly Row[]; readonly sha256: string }
  | { readonly ok: false; readonly message: string; readonly sha256?: string }

export const questionFiles = ['train_spider.json', 'train_others.json', 'dev.json'] as const
export const schemaFile = 'tables.json'

export function readQuestionFile(folder: string, name: string) {
  return readRows(folder, name, question)
}

export function readSchemaFile(folder: string) {
  return readRows(folder, schemaFile, schema)
}

/** Where a database lies, as its authors lay it out. */
export function databasePath(folder: string, database: string): string {
  return join(folder, 'database', database, `${database}.sqlite`)
}

async function readRows<Row>(
  folder: string,
  name: string,
  row: z.ZodType<Row>,
): Promise<SpiderFile<Row>> {
  const bytes = await readFile(join(folder, name)).catch(() => undefined)
  if (bytes === undefined) return { ok: false, message: `${name} is missing.` }
  const sha256 = createHash('sha256').update(bytes).digest('hex')
  const fail = (message: string) => ({ ok: false, message: `${name} ${message}`, sha256 }) as const
  let values: unknown
  try {
    values = JSON.parse(bytes.toString('utf8'))
  } catch (error) {
    return fail(`is broken JSON: ${(error as Error).message}.`)
  }
  const read = z.array(row).safeParse(values)
  if (read.success) return { ok: true, rows: read.data, sha256 }
  const [issue] = read.error.issues
  return fail(`has another layout: ${issue?.path.join('.') || 'the whole'}: ${issue?.message}.`)
}
