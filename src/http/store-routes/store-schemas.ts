/** The wire forms of what is kept: conversations, judgements, approved pairs, cards. */
import { z } from 'zod'
import type { ApprovedPair, Card, Conversation, Turn } from '../../../data/store/app-store.js'
import { maxQuestionLength } from '../../read-question-text.js'
import { datasetName, idPattern } from '../chat-body.js'
import { plainText } from '../read-body.js'

const maxTitleLength = 200
const maxSqlLength = 20_000
const maxReasonLength = 2_000
/** Cells of a board's grid in either direction. */
const maxGrid = 1_000

const text = z.string()
const title = plainText.trim().min(1).max(maxTitleLength)
const question = plainText.trim().min(1).max(maxQuestionLength)
const sql = plainText.trim().min(1).max(maxSqlLength)
const dataset = datasetName.optional()
const id = text.regex(idPattern)
const gridCells = z.number().int().min(0).max(maxGrid)
const layout = z.strictObject({ x: gridCells, y: gridCells, width: gridCells, height: gridCells })
const chartKind = text.regex(/^[a-z_]{1,32}$/)

export const renameBodySchema = z.strictObject({ title, dataset }).meta({ id: 'ConversationTitle' })

export const feedbackBodySchema = z
  .strictObject({
    answer_id: id,
    verdict: z.enum(['up', 'down']),
    reason: plainText.max(maxReasonLength).optional(),
    dataset,
  })
  .meta({ id: 'Feedback' })

export const pairBodySchema = z
  .strictObject({
    question: question.optional(),
    answer_id: id
      .optional()
      .describe('Takes the question of this answer, and its SQL if none is given.'),
    sql: sql.optional(),
    shared: z.boolean().optional().describe("Whether it answers everybody's questions."),
    dataset,
  })
  .refine(
    (body) =>
      (body.question === undefined) !== (body.answer_id === undefined) &&
      (body.question === undefined || body.sql !== undefined),
    { error: 'give question and sql, or answer_id' },
  )
  .meta({ id: 'SqlPairRequest' })

export const pairChangeSchema = z
  .strictObject({ question, sql, dataset })
  .meta({ id: 'SqlPairChange' })

export const cardBodySchema = z
  .strictObject({
    title,
    question: question.optional(),
    sql,
    chart_kind: chartKind.optional(),
    layout: layout.optional(),
    dataset,
  })
  .meta({ id: 'CardRequest' })

export const cardChangeSchema = z
  .strictObject({
    title: title.optional(),
    chart_kind: chartKind.optional(),
    layout: layout.optional(),
    dataset,
  })
  .meta({ id: 'CardChange' })

const conversation = z.object({
  id: text,
  title: text,
  turns: z.number(),
  createdAt: text,
  updatedAt: text,
})

export const conversationsSchema: z.ZodType<{ conversations: readonly Conversation[] }> = z
  .object({ conversations: z.array(conversation) })
  .meta({ id: 'Conversations' })

export const turnsSchema: z.ZodType<{ id: string; turns: readonly Turn[] }> = z
  .object({
    id: text,
    turns: z.array(
      z.object({
        id: text,
        conversationId: text,
        question: text,
        answer: z.object({
          ok: z.boolean(),
          text,
          kind: text.optional(),
          rewrittenQuestion: text.optional(),
          sql: text.optional(),
          generator: text.optional(),
          chartKind: text.optional(),
          rowCount: z.number().optional(),
          dataVersion: text.optional(),
          errorCode: text.optional(),
          making: z
            .unknown()
            .optional()
            .describe('How it was made, in the fields of an Answer; no rows.'),
        }),
        askedAt: text,
        feedback: z.object({ verdict: z.enum(['up', 'down']), reason: text.optional() }).optional(),
      }),
    ),
  })
  .meta({ id: 'Turns' })

const pair = z.object({
  id: text,
  question: text,
  sql: text,
  shared: z.boolean(),
  approvedBy: text,
  approvedAt: text,
})

export const pairSchema: z.ZodType<ApprovedPair> = pair.meta({ id: 'SqlPair' })

export const pairsSchema: z.ZodType<{ sqlPairs: readonly ApprovedPair[] }> = z
  .object({ sqlPairs: z.array(pair) })
  .meta({ id: 'SqlPairs' })

const card = z.object({
  id: text,
  title: text,
  question: text.optional(),
  sql: text,
  chartKind: text.optional(),
  layout: layout.optional(),
  createdAt: text,
})

export const cardSchema: z.ZodType<Card> = card.meta({ id: 'Card' })

export const cardsSchema: z.ZodType<{ cards: readonly Card[] }> = z
  .object({ cards: z.array(card) })
  .meta({ id: 'Cards' })
