/** Checks a draft, has a critic judge it where there is one, and takes its repairs through the same checks. */
import type { Catalog } from '../catalog.js'
import type { Database } from '../database.js'
import { type Checked, type CheckSettings, checkSql } from './check-draft.js'
import { type ChosenDraft, readSql } from './choose-drafts.js'
import type { Critic } from './model/critic.js'
import type { Verdict } from './model/read-answer.js'
import type { CriticMark, PhaseName } from './pair.js'

export interface Judging {
  readonly phase: PhaseName
  readonly catalog: Catalog
  readonly database: Pick<Database, 'explain' | 'query'>
  readonly check: CheckSettings
  readonly critic?: Critic
}

/** What can be said of a draft, or of what it was repaired to. */
export interface Candidate {
  readonly whole?: string
  readonly answer?: string
  readonly tables: readonly string[]
}

export type JudgedDraft =
  | {
      readonly ok: true
      readonly candidate: Candidate
      readonly checked: Extract<Checked, { ok: true }>
      readonly critic?: CriticMark
    }
  | {
      readonly ok: false
      readonly reason: string
      /** Broken off: nothing is known of it. */
      readonly isCancelled: boolean
      readonly verdict?: Verdict
    }

type Failed = Extract<JudgedDraft, { ok: false }>

const broken: Failed = { ok: false, reason: 'broken off', isCancelled: true }
const unanswered = 'the critic says that it does not answer its question'

/** Rejects only with mistakes of our own. */
export async function judgeDraft(draft: ChosenDraft, judging: Judging): Promise<JudgedDraft> {
  try {
    return await judge(draft, judging)
  } catch (error) {
    if (judging.check.signal.aborted) return broken
    throw error
  }
}

async function judge(draft: ChosenDraft, judging: Judging): Promise<JudgedDraft> {
  const { critic } = judging
  const { whole, answer, tables, problem, sql } = draft
  let candidate: Candidate = { whole, answer, tables }
  let said = whole ?? sql
  let checked = await checkCandidate(candidate, problem, judging)
  for (let repairs = 0; ; repairs++) {
    if (!checked.ok && checked.isCancelled) return checked
    if (!critic) return checked.ok ? { ok: true, candidate, checked } : checked
    const verdict = await critic.judge(
      {
        question: draft.question,
        sql: said,
        answer: candidate.answer,
        tables: candidate.tables,
        ...(!checked.ok && { problem: checked.reason }),
      },
      judging.check.signal,
    )
    if (verdict === undefined) return broken
    if (typeof verdict === 'string') {
      return checked.ok ? { ok: false, reason: verdict, isCancelled: false } : checked
    }
    const { score, remark, repair } = verdict
    if (checked.ok && score >= critic.leastScore) {
      const kind = repairs > 0 ? 'repaired' : 'right'
      const mark = { model: critic.name, verdict: kind, score, repairs, remark } as const
      return { ok: true, candidate, checked, critic: mark }
    }
    const isNew = repair !== '' && repair !== (said ?? candidate.answer)
    if (repairs >= critic.repairs || !isNew) {
      return {
        ok: false,
        reason: checked.ok ? unanswered : checked.reason,
        isCancelled: false,
        verdict,
      }
    }
    const repaired = repairedTo(repair, { ...candidate, hasSql: said !== undefined }, judging)
    candidate = repaired.candidate
    said = repaired.said
    checked = await checkCandidate(candidate, repaired.problem, judging)
  }
}

function repairedTo(
  repair: string,
  { hasSql, ...before }: Candidate & { readonly hasSql: boolean },
  { phase, catalog }: Judging,
): { readonly candidate: Candidate; readonly said?: string; readonly problem?: string } {
  if (!hasSql) return { candidate: { ...before, answer: repair } }
  const read = readSql(repair, phase, catalog)
  if (!read.ok) return { candidate: before, said: repair, problem: read.reason }
  const { whole, tables } = read
  return { candidate: { ...before, whole, tables }, said: whole }
}

async function checkCandidate(
  { whole }: Candidate,
  problem: string | undefined,
  { database, check }: Judging,
): Promise<Checked> {
  if (problem !== undefined) return { ok: false, reason: problem, isCancelled: false }
  return whole === undefined ? { ok: true, empty: false } : checkSql(whole, database, check)
}
