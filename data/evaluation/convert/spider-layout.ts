/** Spider, and what shares its layout: `dev.json` or `train_*.json`, and `database/NAME/NAME.sqlite`. */
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
    query: z.string(),
    question: z.string().optional(),
    /** Spider-Syn has the reworded question beside Spider's own. */
    SpiderSynQuestion: z.string().optional(),
  })
  .transform(({ db_id, query, question, SpiderSynQuestion }) => ({
    database: db_id,
    sql: query,
    question: SpiderSynQuestion ?? question ?? '',
  }))

/** Each list has the names that one file goes by. */
const files: Readonly<Record<string, readonly (readonly string[])[]>> = {
  dev: [['dev.json', 'dev_syn.json']],
  train: [['train_spider.json', 'train_spider_syn.json'], ['train_others.json']],
  test: [['test.json']],
}

export async function readSpider({ folder, split, databases }: LayoutInput): Promise<Converted> {
  const names = files[split] ?? [[`${split}.json`]]
  const found = (await Promise.all(names.map((name) => readFirst(folder, name)))).filter(
    (file) => file !== undefined,
  )
  if (found.length === 0) return notThere(folder, names.flat())
  const home = databases ?? join(folder, split === 'test' ? 'test_database' : 'database')
  const questions = []
  for (const { name, text } of found) {
    const values = parseJson(text)
    if (!Array.isArray(values)) return { ok: false, message: `${name} is not a list of questions.` }
    const checked = checkRows(row, values)
    if (!checked.ok) return checked
    const prefix = name.replace('.json', '')
    questions.push(
      ...checked.rows.map(({ database, ...rest }, at) => ({
        id: `${prefix}-${at}`,
        source: join(home, database, `${database}.sqlite`),
        ...rest,
      })),
    )
  }
  return withDatabase(questions)
}
