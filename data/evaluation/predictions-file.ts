/** Predicted SQL as Spider's official evaluator reads it: one line a question, then a tab and the database. */
import { readFile, writeFile } from 'node:fs/promises'
import type { EvaluatedItem } from './evaluated-item.js'

/** Stands for a question without SQL: an empty line would end a dialogue, and this runs nowhere. */
const noSql = '-'

/** Writes `path`, and beside it `path.gold` with the gold SQL of the same questions in the same order. */
export async function writePredictions(
  path: string,
  items: readonly EvaluatedItem[],
): Promise<void> {
  const asked = items.filter(({ goldSql }) => goldSql !== undefined)
  const lines = (sql: (item: EvaluatedItem) => string | undefined) =>
    asked.map((item) => `${oneLine(sql(item)) || noSql}\t${item.database ?? ''}\n`).join('')
  await writeFile(
    path,
    lines(({ predictedSql }) => predictedSql),
  )
  await writeFile(
    `${path}.gold`,
    lines(({ goldSql }) => goldSql),
  )
}

/** One SQL for each question, undefined where there is none. */
export type PredictionsFile =
  | { readonly ok: true; readonly predictions: readonly (string | undefined)[] }
  | { readonly ok: false; readonly message: string }

export async function readPredictions(path: string): Promise<PredictionsFile> {
  const text = await readFile(path, 'utf8').catch(() => undefined)
  if (text === undefined) return { ok: false, message: `Cannot read the predictions ${path}.` }
  const lines = text.replace(/\n$/, '').split('\n')
  const predictions = lines.map((line) => {
    const sql = line.split('\t')[0]?.trim()
    return sql === '' || sql === noSql ? undefined : sql
  })
  return { ok: true, predictions }
}

/** Line breaks and tabs separate; other spaces may stand in a value. */
function oneLine(sql: string | undefined): string {
  return sql?.replace(/[\r\n\t]/g, ' ').trim() ?? ''
}
