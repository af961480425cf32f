/** Makes the pairs of one phase: drafts are checked side by side and written in their order. */
import type { Catalog } from '../catalog.js'
import type { Database } from '../database.js'
import { type Checked, checkSql } from './check-draft.js'
import { type ChosenDraft, chooseDrafts } from './choose-drafts.js'
import type { Draft, Pair } from './pair.js'
import type { PairWriter } from './pair-writer.js'
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
  /** What an earlier run wrote with the same settings. */
  readonly known: readonly Pair[]
  /** Queries that may run at the same time. */
  readonly sessions: number
  readonly signal: AbortSignal
  /** Called in order, one at a time. */
  readonly onPair: (pair: Pair) => Promise<void>
  readonly onRejected: (draft: Draft, reason: string) => void
}

/** Drafts looked at for each pair wanted; most that are left out were asked before, which costs little. */
const draftsPerPair = 30

interface Progress {
  written: number
  empty: number
}

/** Pairs that are in the file. Fewer than wanted when the drafts are used up or the signal is aborted. */
export async function runPhase(task: PhaseTask): Promise<number> {
  const { settings, phase, database, signal, known } = task
  const wanted = shareOf(phase.count, task.shard)
  const check = { run: settings.run_queries, timeoutMs: settings.query_timeout_ms, signal }
  const empty = known.filter(({ metadata }) => metadata.empty).length
  const progress: Progress = { written: known.length, empty }
  const waiting: { readonly draft: ChosenDraft; readonly checked: Promise<Checked> }[] = []
  const settleFirst = async () => {
    const first = waiting.shift()
    if (first) await settle(task, first.draft, await first.checked, progress)
  }
  const most = phase.count * draftsPerPair
  const from = 1 + Math.max(-1, ...known.map(({ metadata }) => metadata.draft))
  if (progress.written >= wanted) return progress.written
  for await (const draft of chooseDrafts({ ...task, phase: phase.name, most, from })) {
    const { whole } = draft
    const checked: Checked | Promise<Checked> =
      whole === undefined ? { ok: true, empty: false } : checkSql(whole, database, check)
    waiting.push({ draft, checked: Promise.resolve(checked) })
    if (waiting.length >= task.sessions) await settleFirst()
    if (progress.written >= wanted) break
  }
  while (waiting.length > 0 && progress.written < wanted) await settleFirst()
  await Promise.allSettled(waiting.map(({ checked }) => checked))
  return progress.written
}

async function settle(
  task: PhaseTask,
  draft: ChosenDraft,
  checked: Checked,
  progress: Progress,
): Promise<void> {
  if (!checked.ok) {
    if (!checked.isCancelled) task.onRejected(draft, checked.reason)
    return
  }
  if (checked.empty) {
    const share = (progress.empty + 1) / (progress.written + 1)
    if (share > task.settings.keep_empty_share) return task.onRejected(draft, 'finds nothing')
    progress.empty++
  }
  progress.written++
  await task.onPair(pairOf(task, draft, checked))
}

function pairOf(
  { settings, phase, version, name, catalog, writer }: PhaseTask,
  { number, template, question, answer, data, whole, tables }: ChosenDraft,
  { rows, empty }: Extract<Checked, { ok: true }>,
): Pair {
  return {
    id: `${name}-${phase.name}-${number}`,
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
      ...(empty && { empty }),
    },
  }
}
