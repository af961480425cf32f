/** All that people told of a dataset as one plain file: YAML, or JSON, which is YAML too. */
import { stringify } from 'yaml'
import { z } from 'zod'
import type { ParseYaml } from './parse-yaml.js'

export const knowledgeLimits = {
  /** Characters. */
  description: 1_000,
  title: 200,
  text: 8_000,
  term: 100,
  expression: 500,
  name: 500,
  question: 2_000,
  sql: 20_000,
  /** Entries. */
  synonyms: 10,
  descriptions: 5_000,
  docs: 200,
  terms: 500,
  /** The own ones and the shared ones. */
  pairs: 10_000,
} as const

const plain = z
  .string()
  .refine((text) => text.isWellFormed() && !text.includes('\0'), 'holds no plain text')
const line = (most: number) => plain.trim().min(1).max(most)

/** Just one of a column, a value of a column, and an expression. */
export const termFields = {
  term: line(knowledgeLimits.term),
  synonyms: z
    .array(line(knowledgeLimits.term))
    .max(knowledgeLimits.synonyms)
    .default([])
    .readonly(),
  table: line(knowledgeLimits.name),
  column: line(knowledgeLimits.name).optional(),
  value: plain.min(1).max(knowledgeLimits.name).optional(),
  expression: line(knowledgeLimits.expression).optional(),
}

export const documentFields = {
  title: line(knowledgeLimits.title),
  text: line(knowledgeLimits.text),
}

export const oneMeaning = {
  check: (term: {
    readonly column?: string
    readonly value?: string
    readonly expression?: string
  }) =>
    (term.expression !== undefined) !== (term.column !== undefined) &&
    (term.value === undefined || term.column !== undefined),
  error: 'give a column, a column with a value, or an expression',
}

const fileSchema = z.strictObject({
  parley: z.literal(1),
  descriptions: z
    .array(
      z.strictObject({
        table: line(knowledgeLimits.name),
        column: line(knowledgeLimits.name).optional(),
        text: line(knowledgeLimits.description),
      }),
    )
    .max(knowledgeLimits.descriptions)
    .default([]),
  docs: z.array(z.strictObject(documentFields)).max(knowledgeLimits.docs).default([]),
  terms: z
    .array(z.strictObject(termFields).refine(oneMeaning.check, { error: oneMeaning.error }))
    .max(knowledgeLimits.terms)
    .default([]),
  sql_pairs: z
    .array(
      z.strictObject({
        question: line(knowledgeLimits.question),
        sql: line(knowledgeLimits.sql),
        shared: z.boolean().default(false),
      }),
    )
    .max(knowledgeLimits.pairs)
    .default([]),
})

export type KnowledgeFile = z.infer<typeof fileSchema>

export type ReadKnowledge =
  | { readonly ok: true; readonly file: KnowledgeFile }
  | { readonly ok: false; readonly problems: readonly string[] }

/** So many are told at once. */
export const maxProblems = 5

export function writeKnowledgeFile(file: KnowledgeFile): string {
  return stringify(file, { lineWidth: 0 })
}

export async function readKnowledgeFile(text: string, parse: ParseYaml): Promise<ReadKnowledge> {
  const read = await parse(text)
  if (!read.ok) return { ok: false, problems: [read.problem] }
  const parsed = fileSchema.safeParse(read.value)
  if (parsed.success) return { ok: true, file: parsed.data }
  const problems = parsed.error.issues.map(({ path, message }) =>
    [path.join('.'), message].filter(Boolean).join(': '),
  )
  return { ok: false, problems: firstOf(problems) }
}

/** The first few, and that there are more. */
export function firstOf(problems: readonly string[]): readonly string[] {
  if (problems.length <= maxProblems) return problems
  return [...problems.slice(0, maxProblems), 'There is more that does not fit.']
}
