/** Reads one database of a training set: its catalog, its checked questions, its values. */

import { makeTemplateQuestions } from '../../../agents/training/make-template-questions.js'
import { periodReader } from '../../../agents/training/period-reader.js'
import { findFailures } from '../../../agents/training/repairs/find-failures.js'
import type {
  TrainingDatabase,
  TrainingQuestion,
} from '../../../agents/training/training-question.js'
import type { Catalog } from '../../../data/catalog.js'
import type { SqliteRunner } from '../../../data/evaluation/sqlite/sqlite-runner.js'
import { withMoreValues } from '../../../data/generator/with-more-values.js'
import { introspectSqlite } from '../../../data/sqlite/introspect.js'
import { openSqliteDatabase } from '../../../data/sqlite/sqlite-database.js'
import type { SetQuestion } from '../../../data/training/set-question.js'
import { type RunRows, verifyQuestion } from '../../../data/training/verify-question.js'
import { createValueIndex } from '../../../rag/value-index.js'

const maxRows = 20_000

export interface TrainingSource {
  readonly name: string
  readonly path: string
  readonly questions: readonly SetQuestion[]
}

/** What is asked of a database by templates, beside its own questions. */
export interface TemplateWishes {
  /** Questions a pass; the passes count from 1. */
  readonly count: number
  readonly passes: readonly number[]
  readonly seed: number
}

export interface CheckedDatabase {
  readonly database: TrainingDatabase
  /** Why questions were left out, one word each. */
  readonly rejected: readonly string[]
}

/** Rejects when the file cannot be described. */
export async function readTrainingDatabase(
  { name, path, questions }: TrainingSource,
  runner: SqliteRunner,
  wishes?: TemplateWishes,
): Promise<CheckedDatabase> {
  const run = (sql: string) => runner.run({ path, sql, maxRows })
  const catalog = await introspectSqlite(path)
  const checked = await checkQuestions({ name, questions }, catalog, run, wishes)
  const served = await openSqliteDatabase(path, { label: name })
  try {
    const database = await findFailures(checked.database, served, wishes?.seed ?? 0)
    return { ...checked, database }
  } finally {
    await served.close()
  }
}

/** Keeps what verifies, and adds what templates ask. */
export async function checkQuestions(
  { name, questions }: Pick<TrainingSource, 'name' | 'questions'>,
  catalog: Catalog,
  run: RunRows,
  wishes?: TemplateWishes,
): Promise<CheckedDatabase> {
  const kept: TrainingQuestion[] = []
  const rejected: string[] = []
  for (const { id, wordings, sql } of questions) {
    const verified = await verifyQuestion(sql, catalog, run)
    if (verified.ok) kept.push({ id, wordings, ...verified })
    else rejected.push(verified.reason)
  }
  const known = await withMoreValues(catalog, run)
  const index = createValueIndex(known)
  const linkValues = (question: string) => index.link(question)
  const readPeriods = periodReader(catalog, linkValues)
  const { count = 0, passes = [], seed = 0 } = wishes ?? {}
  for (const pass of count > 0 ? passes : []) {
    const task = { name, catalog: known, run, count, seed, pass }
    kept.push(...(await makeTemplateQuestions(task)).questions)
  }
  return { database: { name, catalog, questions: kept, linkValues, readPeriods }, rejected }
}
