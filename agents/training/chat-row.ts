/** One line to tune a chat model on: what it will be asked, by the code that asks it, and the SQL that it should write. */
import type { Catalog } from '../../data/catalog.js'
import { remotePrompt, type ToldValues } from '../generators/remote/remote-prompt.js'

export interface ChatRow {
  readonly messages: readonly [
    { readonly role: 'system'; readonly content: string },
    { readonly role: 'user'; readonly content: string },
    { readonly role: 'assistant'; readonly content: string },
  ]
}

export interface ChatTask {
  readonly catalog: Catalog
  readonly question: string
  readonly sql: string
  /** What the SQL reads: shown where not all tables fit. */
  readonly tables: readonly string[]
  /** Where the model will be told values: those of this question. */
  readonly values?: ToldValues
}

export function chatRow(
  { catalog, question, sql, tables, values }: ChatTask,
  countTokens: (text: string) => number,
): ChatRow {
  const wishes = { rankedTables: tables, named: [] }
  const { instructions, prompt } = remotePrompt(
    { catalog, wishes, asked: [question], values },
    countTokens,
  )
  return {
    messages: [
      { role: 'system', content: instructions },
      { role: 'user', content: prompt },
      { role: 'assistant', content: sql },
    ],
  }
}

/** A text, or a number that is no count of rows: it may be stored somewhere. */
export function holdsValues(sql: string): boolean {
  const rest = sql.replaceAll(/\b(?:limit|offset)\s+\d+|\b(?:group|order)\s+by\s+[\d\s,]+/gi, '')
  return /'|(?<![\w.])\d/.test(rest)
}
