/** Walks a writer's drafts in order, and lets each SQL and each question through once. */
import type { Catalog } from '../catalog.js'
import { seedOf } from '../random.js'
import { completeDraft } from './check-draft.js'
import { type DraftOrder, draftsInOrder } from './draft-order.js'
import type { Draft, Pair, PhaseName } from './pair.js'
import { normalisedQuestion, normalisedSql } from './sql-shape.js'

export interface ChosenDraft extends Draft {
  readonly number: number
  /** Which of the drafts with this number, from 0. */
  readonly place: number
  /** Complete; `sql` of the draft itself may be join-free. */
  readonly whole?: string
  readonly tables: readonly string[]
  /** Why it cannot be used unless it is repaired. */
  readonly problem?: string
}

/** What was let through; nothing of it is again, whether or not it passed its checks. */
export interface LetThrough {
  readonly statements: Set<string>
  readonly questions: Set<string>
}

export interface Choosing extends DraftOrder {
  readonly phase: PhaseName
  readonly catalog: Catalog
  readonly letThrough: LetThrough
  /** Whether somebody repairs SQL that cannot be completed. */
  readonly repairs: boolean
  readonly onRejected: (draft: Draft, reason: string) => void
}

/** Of an earlier run. */
export function letThroughBefore(pairs: readonly Pair[]): LetThrough {
  return {
    statements: new Set(pairs.map(({ sql, question }) => statementOf(sql, question))),
    questions: new Set(pairs.map(({ question }) => normalisedQuestion(question))),
  }
}

/** Shards that walk all drafts share them out by what they say, so that what one lets through no other does. */
export async function* chooseDrafts(choosing: Choosing): AsyncGenerator<ChosenDraft> {
  const { writer, from, shard, letThrough, onRejected } = choosing
  for await (const { number, drafts } of draftsInOrder(choosing)) {
    for (const [place, draft] of drafts.entries()) {
      const read = readDraft(draft, choosing)
      const reason = typeof read === 'string' ? read : remember(read, letThrough)
      if (typeof read === 'string' || reason !== undefined) {
        if (number >= from && reason !== undefined) onRejected(draft, reason)
        continue
      }
      const isShared = shard && writer.ahead === undefined
      const isOwn = !isShared || seedOf(read.statement) % shard.of === shard.index - 1
      if (number >= from && isOwn) yield { ...draft, ...read.chosen, number, place }
    }
  }
}

interface ReadDraft {
  readonly chosen: Pick<ChosenDraft, 'whole' | 'tables' | 'problem'>
  /** Equal for drafts that say the same. */
  readonly statement: string
  readonly question: string
}

/** Or why it cannot be used. */
function readDraft(draft: Draft, { phase, catalog, repairs }: Choosing): ReadDraft | string {
  const { sql, answer } = draft
  const question = normalisedQuestion(draft.question)
  const statement = statementOf(sql, draft.question)
  if (sql === undefined) {
    if (answer === undefined) return 'there is neither SQL nor an answer'
    return { chosen: { tables: draft.tables ?? [] }, statement, question }
  }
  const read = readSql(sql, phase, catalog)
  if (read.ok) {
    const { whole, tables } = read
    return { chosen: { whole, tables }, statement: statementOf(whole, ''), question }
  }
  const { reason } = read
  return repairs ? { chosen: { tables: [], problem: reason }, statement, question } : reason
}

export type ReadSql =
  | { readonly ok: true; readonly whole: string; readonly tables: readonly string[] }
  | { readonly ok: false; readonly reason: string }

/** Completes it, and sees that it does what the phase is for. */
export function readSql(sql: string, phase: PhaseName, catalog: Catalog): ReadSql {
  const completed = completeDraft(sql, catalog)
  if (!completed.ok) return completed
  const { sql: whole, tables } = completed
  const reason = placeProblem(phase, tables.length)
  return reason === undefined ? { ok: true, whole, tables } : { ok: false, reason }
}

/** Equal for SQL that says the same. */
export function statementOf(sql: string | undefined, question: string): string {
  return sql === undefined ? normalisedQuestion(question) : normalisedSql(sql)
}

function remember(
  { statement, question }: Pick<ReadDraft, 'statement' | 'question'>,
  { statements, questions }: LetThrough,
): string | undefined {
  if (statements.has(statement) || questions.has(question)) return 'asked before'
  statements.add(statement)
  questions.add(question)
  return undefined
}

/** What a phase is for can be seen from how many tables are read. */
function placeProblem(phase: PhaseName, tables: number): string | undefined {
  if (tables === 0) return 'reads no table'
  if (phase === 'joins') return tables < 2 ? 'joins nothing' : undefined
  const isSingle = phase === 'builtins' || phase === 'single_table'
  return isSingle && tables > 1 ? 'reads several tables' : undefined
}
