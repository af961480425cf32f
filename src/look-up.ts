/** Looks things up without running a query: what SQL does, and what is known about words. */
import { explainSql } from '../agents/text/explain-sql.js'
import type { QueryFailure } from '../data/database.js'
import type { RetrievedDocument } from '../rag/knowledge.js'
import type { Services } from './services.js'

export type ExplainedSql =
  | {
      readonly ok: true
      /** One sentence for each step, in the order the steps happen. */
      readonly explanation: readonly string[]
    }
  | { readonly ok: false; readonly failure: QueryFailure }

/** Guarded and bound as SQL is before it runs. */
export async function explainGivenSql(
  database: Pick<Services['database'], 'explain'>,
  sql: string,
  signal: AbortSignal | undefined,
  timeoutMs: number,
): Promise<ExplainedSql> {
  const failure = await database.explain(sql, signal, timeoutMs)
  return failure ? { ok: false, failure } : { ok: true, explanation: explainSql(sql) }
}

/** At most `limit`, best first. */
export async function searchDocuments(
  knowledge: Pick<Services['knowledge'], 'retrieve'>,
  text: string,
  limit: number,
  signal?: AbortSignal,
): Promise<readonly RetrievedDocument[]> {
  const { documents } = await knowledge.retrieve(text, signal)
  return documents.slice(0, limit)
}
