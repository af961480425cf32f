/** The SQL that an answer was read with, and what was asked. */
import type { KeptSources } from './kept-sources.js'

export interface AnsweredSql {
  readonly sql: string
  readonly question: string
  /** Of the data when it was answered; absent for turns that were kept without. */
  readonly dataVersion?: string
}

/** Undefined for an id that is not the user's, and for an answer without SQL. */
export async function findAnsweredSql(
  { conversations, scope }: Pick<KeptSources, 'conversations' | 'scope'>,
  answerId: string,
): Promise<AnsweredSql | undefined> {
  const turn = await conversations.store.findTurn(scope, answerId)
  const { sql, rewrittenQuestion, dataVersion } = turn?.answer ?? {}
  if (!turn?.answer.ok || sql === undefined) return undefined
  return { sql, question: rewrittenQuestion ?? turn.question, dataVersion }
}
