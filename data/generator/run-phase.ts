/** Makes the pairs of one phase: drafts are checked side by side and written in their order. */
import type { Catalog } from '../catalog.js'
import type { Database } from '../database.js'
import {
  type ChosenDraft,
  chooseDrafts,
  type LetThrough,
  letThroughBefore,
  statementOf,
} from './choose-drafts.js'
import { type JudgedDraft, judgeDraft } from './judge-draft.js'
import type { Critic } from './model/critic.js'
import type { Verdict } from './model/read-answer.js'
import type { Draft, Pair } from './pair.js'
import type { Ended, PairWriter } from './pair-writer.js'
import type { GeneratorSettings, PhaseSettings } from './settings/generator-settings.js'
import { type Shard, shareOf } from './shard.js'
import { skeletonOf } from './sql-shape.js'

export interface PhaseTask {
  readonly settings: GeneratorSettings
  readonly phase: PhaseSettings
  readonly version?: string
  readonly shard?: Shard
  /** What the rows call the database. */
  readonly name: string
  readonly catalog: Catalog
  readonly database: Pick<Database, 'explain' | 'query'>
  readonly writer: PairWriter
  readonly critic?: Critic
  /** What an earlier run wrote with the same settings. */
  readonly known: readonly Pair[]
  /** Queries that may run at the same time. */
  readonly sessions: number
  readonly signal: AbortSignal
  /** Called in order, one at a time. */
  readonly onPair: (pair: Pair) => Promise<void>
  readonly onRejected: (draft: Draft, reason: string, verdict?: Verdict) => void
}

export interface PhaseOutcome {
  /** Pairs that are in the file. Fewer than wanted when the drafts are used up or the signal is aborted. */
  readonly written: number
  readonly ended?: Ended
}

/** Drafts looked at for each pair wanted; most that are left out were asked before, which costs little. */
const draftsPerPair = 30
/** Where drafts cost: numbers in a row of which nothing could be written. */
const mostFruitless = 20

interface Progress {
  written: number
  empty: number
  /** The number of the last draft that was written. */
  last: number
  /** Nothing behind a draft that was broken off is written, so that a resumed run begins with it. */
  broken: boolean
  fruitless: boolean
}

interface Waiting {
  readonly draft: ChosenDraft
  readonly judged: Promise<JudgedDraft>
}

export async function runPhase(task: PhaseTask): Promise<PhaseOutcome> {
  const { settings, phase, writer, critic, known } = task
  const wanted = shareOf(phase.count, task.shard)
  const last = Math.max(-1, ...known.map(({ metadata }) => metadata.draft))
  const empty = known.filter(({ metadata }) => metadata.empty).length
  const progress = { written: known.length, empty, last, broken: false, fruitless: false }
  if (progress.written >= wanted) return { written: progress.written }
  const leaving = new AbortController()
  const signal = AbortSignal.any([task.signal, leaving.signal])
  const check = { run: settings.run_queries, timeoutMs: settings.query_timeout_ms, signal }
  const letThrough = letThroughBefore(known)
  const waiting: Waiting[] = []
  const settling = { progress, letThrough, ids: new Set(known.map(({ id }) => id)) }
  const settleFirst = async () => {
    const first = waiting.shift()
    if (first) await settle(task, first.draft, await first.judged, settling)
  }
  const isOver = (number: number) => {
    if (progress.broken) return true
    const fruit = Math.max(progress.last, waiting[0]?.draft.number ?? -1)
    progress.fruitless = writer.ahead !== undefined && number - fruit > mostFruitless
    return progress.fruitless
  }
  const suffices = (pending: number) =>
    progress.written + waiting.length + pending * phase.api_answer_count >= wanted
  const choosing = {
    ...task,
    phase: phase.name,
    most: phase.count * draftsPerPair,
    from: Math.max(0, last),
    letThrough,
    repairs: critic !== undefined,
    isOver,
    suffices,
  }
  for await (const draft of chooseDrafts(choosing)) {
    waiting.push({ draft, judged: judgeDraft(draft, { ...task, phase: phase.name, check }) })
    if (waiting.length >= task.sessions) await settleFirst()
    if (progress.written >= wanted) break
  }
  while (waiting.length > 0 && progress.written < wanted) await settleFirst()
  leaving.abort()
  await Promise.allSettled(waiting.map(({ judged }) => judged))
  return outcomeOf(task, progress, wanted)
}

function outcomeOf(
  { writer, critic, signal }: PhaseTask,
  progress: Progress,
  wanted: number,
): PhaseOutcome {
  const { written, fruitless } = progress
  if (written >= wanted || signal.aborted) return { written }
  const message = `Nothing new came of ${mostFruitless} drafts in a row.`
  const ended =
    writer.ended?.() ??
    critic?.ended() ??
    (fruitless ? ({ why: 'fruitless', message } as const) : undefined)
  return { written, ...(ended && { ended }) }
}

interface Settling {
  readonly progress: Progress
  /** Ids of pairs that are in the file. */
  readonly ids: Set<string>
  readonly letThrough: LetThrough
}

async function settle(
  task: PhaseTask,
  draft: ChosenDraft,
  judged: JudgedDraft,
  { progress, letThrough, ids }: Settling,
): Promise<void> {
  if (!judged.ok) {
    if (judged.isCancelled) progress.broken = true
    else task.onRejected(draft, judged.reason, judged.verdict)
    return
  }
  if (progress.broken) return
  if (judged.critic?.verdict === 'repaired' && !isNew(draft, judged, letThrough)) {
    return task.onRejected(draft, 'asked before')
  }
  if (judged.checked.empty) {
    const share = (progress.empty + 1) / (progress.written + 1)
    if (share > task.settings.keep_empty_share) return task.onRejected(draft, 'finds nothing')
    progress.empty++
  }
  progress.written++
  progress.last = draft.number
  const id = freeId(`${task.name}-${task.phase.name}-${draft.number}`, draft.place, ids)
  await task.onPair(pairOf(task, id, draft, judged))
}

/** Asked again, a model may have written others for the last number of an earlier run. */
function freeId(start: string, place: number, ids: Set<string>): string {
  for (let at = place; ; at++) {
    const id = at === 0 ? start : `${start}.${at}`
    if (ids.has(id)) continue
    ids.add(id)
    return id
  }
}

/** What a repair says may have been said by another pair. */
function isNew(
  { question }: ChosenDraft,
  { candidate }: Extract<JudgedDraft, { ok: true }>,
  { statements }: LetThrough,
): boolean {
  if (candidate.whole === undefined) return true
  const statement = statementOf(candidate.whole, question)
  if (statements.has(statement)) return false
  statements.add(statement)
  return true
}

function pairOf(
  { settings, phase, version, name, catalog, writer }: PhaseTask,
  id: string,
  { number, template, question, data }: ChosenDraft,
  { candidate, checked: { rows, empty }, critic }: Extract<JudgedDraft, { ok: true }>,
): Pair {
  const { whole, answer, tables } = candidate
  return {
    id,
    phase: phase.name,
    database: name,
    dialect: catalog.dialect,
    question,
    ...(whole !== undefined && { sql: whole }),
    ...(answer !== undefined && { answer }),
    ...(data !== undefined && { data }),
    skeleton: whole === undefined ? template : skeletonOf(whole),
    template,
    tables,
    metadata: {
      writer: writer.name,
      draft: number,
      seed: settings.seed,
      ...(version !== undefined && { version }),
      ...(rows !== undefined && { rows }),
      ...(critic && { critic }),
      ...(empty && { empty }),
    },
  }
}
