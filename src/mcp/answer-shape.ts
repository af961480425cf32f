/** An answer as a model's client reads it: the data of it, without what pages need. */
import { z } from 'zod'
import type { Answer } from '../../agents/answer.js'
import type { Value } from '../../data/catalog.js'

/** A model reads them all. The whole result is the answer's resource. */
const maxRows = 100
const maxRowsLength = 60_000

const text = z.string()
const value = z.union([text, z.number(), z.boolean(), z.null()])

export const answerShape = {
  ok: z.boolean().describe('False when there is no answer; error says why.'),
  answer_id: text.describe('Names its resource, which holds the whole result.'),
  conversation_id: text.describe('Pass it on to ask a follow-up.'),
  text: text.describe('The answer in a sentence; its numbers are cells of the result.'),
  sql: text.optional(),
  explanation: z.array(text).describe('What the SQL does, step by step.'),
  columns: z.array(z.object({ name: text, type: text })),
  rows: z.array(z.array(value)).describe(`In the order of columns; at most ${maxRows}.`),
  row_count: z.number().describe('Of the result, also where fewer rows are here.'),
  truncated: z.boolean().describe('The query has more rows than row_count.'),
  confidence: z.number().optional().describe('0 to 1, from evidence.'),
  clarification: z
    .object({ question: text, choices: z.array(z.object({ label: text, value: text })) })
    .optional()
    .describe('What is asked back; answer with the value of one choice.'),
  warnings: z.array(text),
  suggestions: z.array(text).describe('Questions that will work.'),
  error: z.object({ code: text, message: text, hints: z.array(text) }).optional(),
}

type AnswerShape = z.infer<z.ZodObject<typeof answerShape>>

export function structuredAnswer(answer: Answer): AnswerShape {
  const base = {
    ok: answer.ok,
    answer_id: answer.id,
    conversation_id: answer.conversationId,
    ...(answer.sql !== undefined && { sql: answer.sql }),
    warnings: [...answer.warnings],
    suggestions: [...answer.suggestions],
  }
  if (!answer.ok) {
    const { code, message, hints } = answer.error
    const nothing = { explanation: [], columns: [], rows: [], row_count: 0, truncated: false }
    return { ...base, ...nothing, text: message, error: { code, message, hints: [...hints] } }
  }
  const { clarification, confidence } = answer
  return {
    ...base,
    text: answer.text,
    explanation: [...answer.explanation],
    columns: answer.columns.map(({ name, type }) => ({ name, type })),
    rows: fewRows(answer.rows),
    row_count: answer.rowCount,
    truncated: answer.truncated,
    ...(confidence && { confidence: confidence.score }),
    ...(clarification && {
      clarification: {
        question: clarification.question,
        choices: clarification.choices.map(({ label, value }) => ({ label, value })),
      },
    }),
  }
}

/** As many as are worth reading. */
export function fewRows(rows: readonly (readonly Value[])[]): Value[][] {
  const few: Value[][] = []
  let length = 0
  for (const row of rows.slice(0, maxRows)) {
    length += JSON.stringify(row).length
    if (length > maxRowsLength && few.length > 0) break
    few.push([...row])
  }
  return few
}
