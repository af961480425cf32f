/** Finds the SQL in what a chat model answered, however it dressed it up. */
import { noAnswer } from '../../../models/prompts/sql-prompt.js'

/** What some models think aloud, some of them without a beginning. */
const thought = /^[\s\S]*<\/think>/i
const fenced = /```(?:\w+)?[^\S\n]*\n([\s\S]*?)(?:```|$)/

/** Undefined where the model says that the data holds no answer. */
export function readSql(answer: string): string | undefined {
  const said = answer.replace(thought, '')
  const sql = (fenced.exec(said)?.[1] ?? said)
    .replace(/^\s*sql\s*:/i, '')
    .trim()
    .replace(/\s*;+\s*$/, '')
  return sql.replace(/[.`'"]/g, '').toLowerCase() === noAnswer ? undefined : sql
}
