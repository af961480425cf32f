/** BIRD: `dev.json` or `train.json` with evidence, and `dev_databases/NAME/NAME.sqlite`. */
import { join } from 'node:path'
import { z } from 'zod'
import {
  type Converted,
  checkRows,
  type LayoutInput,
  notThere,
  parseJson,
  readFirst,
  withDatabase,
} from './converted.js'

const row = z
  .object({
    db_id: z.string(),
    question: z.string(),
    evidence: z.string().default(''),
    SQL: z.string(),
    question_id: z.number().optional(),
    train_index: z.number().optional(),
  })
  .transform(({ db_id, SQL, question_id, train_index, ...rest }) => ({
    ...rest,
    database: db_id,
    sql: SQL,
    number: question_id ?? train_index,
  }))

export async function readBird({ folder, split, databases }: LayoutInput): Promise<Converted> {
  const names = [`${split}.json`, `mini_${split}_sqlite.json`, `${split}_compact.json`]
  const file = await readFirst(folder, names)
  if (!file) return notThere(folder, names)
  const values = parseJson(file.text)
  if (!Array.isArray(values)) return { ok: false, message: `${file.name} is no list of questions.` }
  const checked = checkRows(row, values)
  if (!checked.ok) return checked
  const home = databases ?? join(folder, `${split}_databases`)
  return withDatabase(
    checked.rows.map(({ database, number, evidence, ...rest }, at) => ({
      id: `${split}-${number ?? at}`,
      source: join(home, database, `${database}.sqlite`),
      ...rest,
      ...(evidence.trim() === '' ? {} : { evidence }),
    })),
  )
}
