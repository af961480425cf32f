/** Running SQL that a client sends: the same way as a question, but that nothing has to be written for it. */
import { z } from 'zod'
import { maxSqlLength } from '../../../data/guard/guard-sql.js'
import { answerErrors, answerQuestion } from '../answer-question.js'
import { answerSchema } from '../answer-schema.js'
import { type ChatRequest, conversationId, datasetName } from '../chat-body.js'
import { runSqlPath } from '../question-paths.js'
import { plainText, readBody } from '../read-body.js'
import type { Route } from '../route.js'
import type { Doors } from './run-kept.js'

const runSqlSchema = z
  .strictObject({
    sql: plainText.trim().min(1).max(maxSqlLength).describe('One SELECT.'),
    conversation_id: conversationId.optional(),
    dataset: datasetName.optional(),
  })
  .meta({ id: 'RunSqlRequest' })

export function runSqlRoute({ datasets, streams }: Doors): Route {
  return {
    method: 'post',
    path: runSqlPath,
    summary: 'Run one SELECT, guarded and limited as any other; as JSON or server-sent events',
    scope: 'ask',
    handlers: answerQuestion(datasets, streams, readRunSql),
    body: runSqlSchema,
    success: {
      status: 200,
      description: 'The answer; ok is false when the SQL was refused or failed.',
      schema: answerSchema,
      events: true,
    },
    errors: answerErrors,
  }
}

function readRunSql(body: unknown): ChatRequest {
  const { sql, dataset, conversation_id } = readBody(runSqlSchema, body)
  return { question: sql, dataset, options: { conversationId: conversation_id, isSql: true } }
}
