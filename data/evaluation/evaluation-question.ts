/** The questions file: one JSON a line, checked at the door. */
import { readFile } from 'node:fs/promises'
import { z } from 'zod'

/** Kinds of chart that a question can ask for; the same words as the product's own kinds. */
export type ExpectedChart = z.output<typeof expectedChart>

const expectedChart = z.enum(['bar', 'stacked_bar', 'line', 'pie', 'scatter'])

const questionSchema = z
  .strictObject({
    id: z.string().min(1),
    /** A database, relative to the folder of the questions file; default: what the caller says. */
    source: z.string().min(1).optional(),
    question: z.string().min(1),
    /** What an expert adds so that the question can be answered, as BIRD gives it. */
    evidence: z.string().optional(),
    /** One gold SQL, or `sqls`: results in any of these shapes are right. */
    sql: z.string().optional(),
    sqls: z.array(z.string()).min(1).optional(),
    expects: z.enum(['answer', 'clarification', 'refusal']).default('answer'),
    intent: z.string().min(1).default('unknown'),
    /** Turns of one conversation share it and come in order. */
    conversation: z.string().optional(),
    /** What the answer must mention; for questions that have no gold SQL. */
    contains: z.array(z.string()).optional(),
    /** Overrides whether row order counts; default: when the gold SQL has ORDER BY. */
    ordered: z.boolean().optional(),
    /** The chart that the result of the gold SQL should be drawn as. */
    chart: expectedChart.optional(),
    note: z.string().optional(),
  })
  .transform(({ sql, sqls, ...rest }) => ({ ...rest, sqls: sqls ?? (sql ? [sql] : []) }))
  .refine((question) => question.expects === 'answer' || question.sqls.length === 0, {
    message: 'A question that expects no answer has no gold SQL.',
  })

export type EvaluationQuestion = Readonly<z.output<typeof questionSchema>>

export type QuestionsFile =
  | { readonly ok: true; readonly questions: readonly EvaluationQuestion[] }
  | { readonly ok: false; readonly message: string }

/** Reads a questions file; a missing file or a wrong line is told with its number. */
export async function readQuestions(path: string): Promise<QuestionsFile> {
  const text = await readFile(path, 'utf8').catch(() => undefined)
  if (text === undefined) return { ok: false, message: `Cannot read the questions file ${path}.` }
  return parseQuestions(text)
}

export function parseQuestions(text: string): QuestionsFile {
  const questions: EvaluationQuestion[] = []
  const ids = new Set<string>()
  for (const [index, line] of text.split('\n').entries()) {
    if (line.trim() === '') continue
    const parsed = parseLine(line)
    if (!parsed.ok) return { ok: false, message: `Line ${index + 1}: ${parsed.message}` }
    const { question } = parsed
    if (ids.has(question.id)) {
      return { ok: false, message: `Line ${index + 1}: the id ${question.id} is taken.` }
    }
    ids.add(question.id)
    questions.push(question)
  }
  if (questions.length === 0) return { ok: false, message: 'The file has no questions.' }
  return { ok: true, questions }
}

type ParsedLine =
  | { readonly ok: true; readonly question: EvaluationQuestion }
  | { readonly ok: false; readonly message: string }

function parseLine(line: string): ParsedLine {
  let value: unknown
  try {
    value = JSON.parse(line)
  } catch {
    return { ok: false, message: 'not JSON.' }
  }
  const checked = questionSchema.safeParse(value)
  if (checked.success) return { ok: true, question: checked.data }
  const [issue] = checked.error.issues
  return { ok: false, message: `${issue?.path.join('.') ?? ''} ${issue?.message ?? ''}`.trim() }
}
