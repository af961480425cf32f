/** Walks a writer's drafts in order, and lets each SQL and each question through once. */
import type { Catalog } from '../catalog.js'
import { seedOf } from '../random.js'
import { completeDraft } from './check-draft.js'
import type { Draft, PhaseName } from './pair.js'
import type { PairWriter } from './pair-writer.js'
import type { Shard } from './shard.js'
import { normalisedQuestion, normalisedSql } from './sql-shape.js'

export interface ChosenDraft extends Draft {
  readonly number: number
  /** Complete; `sql` of the draft itself may be join-free. */
  readonly whole?: string
  readonly tables: readonly string[]
}

export interface Choosing {
  readonly phase: PhaseName
  readonly writer: PairWriter
  readonly catalog: Catalog
  /** Drafts are looked at up to this number. */
  readonly most: number
  /** Those before it were looked at by an earlier run. */
  readonly from: number
  readonly shard?: Shard
  readonly signal: AbortSignal
  readonly onRejected: (draft: Draft, reason: string) => void
}

/**
 * What was let through once is never let through again, whether or not it passes its checks. Every shard walks all
 * drafts, so that what one lets through no other does.
 */
export async function* chooseDrafts(choosing: Choosing): AsyncGenerator<ChosenDraft> {
  const { writer, from, most, shard, signal, onRejected } = choosing
  const known = { statements: new Set<string>(), questions: new Set<string>() }
  for (let number = 0; number < most && !signal.aborted; number++) {
    for (const draft of await writer.draft(number, signal)) {
      const read = readDraft(draft, choosing)
      const reason = typeof read === 'string' ? read : remember(read, known)
      if (typeof read === 'string' || reason !== undefined) {
        if (number >= from && reason !== undefined) onRejected(draft, reason)
        continue
      }
      const isOwn = !shard || seedOf(read.statement) % shard.of === shard.index - 1
      if (number >= from && isOwn) yield { ...draft, ...read.chosen, number }
    }
  }
}

interface ReadDraft {
  readonly chosen: Pick<ChosenDraft, 'whole' | 'tables'>
  /** Equal for drafts that say the same. */
  readonly statement: string
  readonly question: string
}

/** Or why it cannot be used. */
function readDraft(draft: Draft, { phase, catalog }: Choosing): ReadDraft | string {
  const question = normalisedQuestion(draft.question)
  if (draft.sql === undefined) {
    if (draft.answer === undefined) return 'there is neither SQL nor an answer'
    return { chosen: { tables: draft.tables ?? [] }, statement: question, question }
  }
  const completed = completeDraft(draft.sql, catalog)
  if (!completed.ok) return completed.reason
  const { sql: whole, tables } = completed
  const misplaced = placeProblem(phase, tables.length)
  return misplaced ?? { chosen: { whole, tables }, statement: normalisedSql(whole), question }
}

function remember(
  { statement, question }: ReadDraft,
  known: { readonly statements: Set<string>; readonly questions: Set<string> },
): string | undefined {
  if (known.statements.has(statement) || known.questions.has(question)) return 'asked before'
  known.statements.add(statement)
  known.questions.add(question)
  return undefined
}

/** What a phase is for can be seen from how many tables are read. */
function placeProblem(phase: PhaseName, tables: number): string | undefined {
  if (phase === 'joins') return tables < 2 ? 'joins nothing' : undefined
  const isSingle = phase === 'builtins' || phase === 'single_table'
  return isSingle && tables > 1 ? 'reads several tables' : undefined
}
