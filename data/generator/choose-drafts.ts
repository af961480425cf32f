/** Walks a writer's drafts in order, and lets each SQL and each question through once. */
import type { Catalog } from '../catalog.js'
import { completeDraft } from './check-draft.js'
import type { Draft, PhaseName } from './pair.js'
import type { PairWriter } from './pair-writer.js'
import { normalisedQuestion, normalisedSql } from './sql-shape.js'

export interface ChosenDraft extends Draft {
  readonly number: number
  /** Complete; `sql` of the draft itself may be join-free. */
  readonly whole: string
  readonly tables: readonly string[]
}

export interface Choosing {
  readonly phase: PhaseName
  readonly writer: PairWriter
  readonly catalog: Catalog
  /** Drafts are looked at up to this number. */
  readonly most: number
  readonly signal: AbortSignal
  readonly onRejected: (draft: Draft, reason: string) => void
}

/** What was let through once is never let through again, whether or not it passes its checks. */
export async function* chooseDrafts({
  phase,
  writer,
  catalog,
  most,
  signal,
  onRejected,
}: Choosing) {
  const statements = new Set<string>()
  const questions = new Set<string>()
  for (let number = 0; number < most && !signal.aborted; number++) {
    for (const draft of await writer.draft(number, signal)) {
      const completed = completeDraft(draft.sql, catalog)
      if (!completed.ok) {
        onRejected(draft, completed.reason)
        continue
      }
      const misplaced = placeProblem(phase, completed.tables.length)
      if (misplaced !== undefined) {
        onRejected(draft, misplaced)
        continue
      }
      const [statement, question] = [
        normalisedSql(completed.sql),
        normalisedQuestion(draft.question),
      ]
      if (statements.has(statement) || questions.has(question)) {
        onRejected(draft, 'asked before')
        continue
      }
      statements.add(statement)
      questions.add(question)
      const chosen: ChosenDraft = {
        ...draft,
        number,
        whole: completed.sql,
        tables: completed.tables,
      }
      yield chosen
    }
  }
}

/** What a phase is for can be seen from how many tables are read. */
function placeProblem(phase: PhaseName, tables: number): string | undefined {
  if (phase === 'joins') return tables < 2 ? 'joins nothing' : undefined
  const isSingle = phase === 'builtins' || phase === 'single_table'
  return isSingle && tables > 1 ? 'reads several tables' : undefined
}
