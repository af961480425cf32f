/** Runs the phases of a configuration on one database, one after the other or some side by side. */
import type { Catalog } from '../catalog.js'
import type { Database } from '../database.js'
import { type Marks, markColumns } from './anonymise/column-marks.js'
import { createSampleWriter } from './anonymise/sample-writer.js'
import type { Usage } from './model/budget.js'
import {
  openWriting,
  type PhaseWriting,
  type Writing,
  type WritingModels,
} from './model/open-writing.js'
import type { Verdict } from './model/read-answer.js'
import type { Draft, PhaseName } from './pair.js'
import { openPairFile, PairsUnwritable, pairFilePath } from './pair-file.js'
import type { Ended, PairWriter } from './pair-writer.js'
import { readCatalog } from './read-catalog.js'
import type { RunLog } from './run-log.js'
import { runPhase } from './run-phase.js'
import { openSessionPool, type SessionPool } from './session-pool.js'
import { sessionsPerWorker } from './sessions-per-worker.js'
import type { GeneratorSettings, PhaseSettings } from './settings/generator-settings.js'
import type { Shard } from './shard.js'
import { shareOf } from './shard.js'
import { sideBySide } from './side-by-side.js'
import { type SplitReport, writeSplit } from './split/write-split.js'
import { createTemplateWriter } from './template-writer.js'

export interface Generation {
  readonly settings: GeneratorSettings
  /** What the rows call the database. */
  readonly name: string
  readonly database: Pick<Database, 'explain' | 'query' | 'introspect'>
  /** One of the configured phases alone. */
  readonly only?: PhaseName
  /** Behind the names of the files. */
  readonly version?: string
  readonly shard?: Shard
  /** Whether files of an earlier run are gone on with. */
  readonly resume?: boolean
  /** As the settings want them. */
  readonly models?: WritingModels
  readonly log: RunLog
  readonly signal: AbortSignal
  readonly onProgress?: (phase: PhaseName, done: number, total: number) => void
  /** Called every second while models are being asked; for people. */
  readonly onActivity?: (activity: string) => void
}

export interface PhaseReport {
  readonly phase: PhaseName
  readonly path: string
  readonly wanted: number
  /** Pairs in the file, with those of an earlier run. */
  readonly written: number
  readonly earlier: number
  /** How many drafts were left out, by why. */
  readonly rejected: Readonly<Record<string, number>>
  /** What could not be asked about at all. */
  readonly notes: readonly string[]
  readonly seconds: number
  /** Why the database could not be read to the end. */
  readonly gone?: string
  /** Why there are fewer than were wanted, where that is known. */
  readonly ended?: Ended
}

export type Generated =
  | {
      readonly ok: true
      readonly phases: readonly PhaseReport[]
      /** Not where a shard was written, one phase alone, or none to its end. */
      readonly split?: SplitReport
      /** What models used, in all runs that wrote into these files. */
      readonly usage: readonly Usage[]
    }
  /** The files of earlier phases are whole. */
  | {
      readonly ok: false
      readonly message: string
      readonly phases: readonly PhaseReport[]
      readonly usage?: readonly Usage[]
    }

export async function generatePhases(generation: Generation): Promise<Generated> {
  const { settings, only, version, shard, log, signal } = generation
  const read = await readCatalog(generation.database, signal)
  if (!read.ok) return { ...read, phases: [] }
  const { catalog } = read
  const marked = markColumns(catalog, settings.anonymise_columns)
  if (!marked.ok) return { ...marked, phases: [] }
  const opened = await openWriting({ models: {}, ...generation })
  if (!opened.ok) return { ...opened, phases: [] }
  const { writing } = opened
  const asked = settings.phases.filter(({ name }) => only === undefined || name === only)
  const tasks = Math.min(settings.parallel_phases, asked.length)
  const outcomes = await sideBySide(
    asked,
    tasks,
    (phase) =>
      generatePhase(generation, phase, { catalog, marks: marked.marks, tasks, writing }).catch(
        unwritten,
      ),
    (outcome) => signal.aborted || problemOf(outcome) !== undefined,
  )
  const reports = outcomes.filter((outcome) => typeof outcome !== 'string')
  const [problem] = outcomes.flatMap((outcome) => problemOf(outcome) ?? [])
  const usage = writing.usage()
  if (usage.length > 0) log.write('models_used', { usage })
  if (problem !== undefined) return { ok: false, message: problem, phases: reports, usage }
  const isWhole = only === undefined && !shard && !signal.aborted && settings.validation_share > 0
  const split = isWhole ? await writeSplit(settings, version) : undefined
  if (split) log.write('split', { ...split })
  return { ok: true, phases: reports, split, usage }
}

/** Why no phase begins any more. */
function problemOf(outcome: PhaseReport | string): string | undefined {
  if (typeof outcome === 'string') return outcome
  if (outcome.ended?.why === 'model') return outcome.ended.message
  if (outcome.gone === undefined) return undefined
  return `The database cannot be read any more: ${outcome.gone} What was written stays; --resume goes on.`
}

/** A file that cannot be written any more ends the run; what else is thrown is a mistake of ours. */
function unwritten(error: unknown): string {
  if (!(error instanceof PairsUnwritable)) throw error
  return `${error.message} What was written stays; --resume goes on.`
}

interface PhaseSurroundings {
  readonly catalog: Catalog
  readonly marks: Marks
  /** Phases that run at the same time. */
  readonly tasks: number
  readonly writing: Writing
}

async function generatePhase(
  generation: Generation,
  phase: PhaseSettings,
  { catalog, marks, tasks, writing }: PhaseSurroundings,
): Promise<PhaseReport | string> {
  const { settings, version, shard, resume = false, log, onProgress } = generation
  const folder = phase.dataset_output_dir ?? settings.output_dir
  const path = pairFilePath(folder, { phase: phase.name, version, shard })
  const file = await openPairFile(path, { resume, seed: settings.seed })
  if (!file.ok) return file.message
  const { known } = file
  const sessions = phase.parallelism * sessionsOf(settings, phase, tasks)
  const pool = openSessionPool(generation.database, { sessions })
  const { rejected, onSkipped, onRejected } = tallyRejections(phase, log)
  const opened = writing.open(phase, { catalog, marks, onSkipped })
  const writer =
    opened.writer ?? openWriter({ settings, database: pool }, phase, { catalog, marks, opened })
  const { notes } = writer
  const wanted = shareOf(phase.count, shard)
  const started = performance.now()
  let done = known.length
  log.write('phase_started', { phase: phase.name, path, wanted, earlier: done, notes })
  if (done < wanted) onProgress?.(phase.name, done, wanted)
  const { written, ended } = await runPhase({
    ...generation,
    database: pool,
    critic: opened.critic,
    signal: AbortSignal.any([generation.signal, pool.gone]),
    phase,
    catalog,
    writer,
    known,
    sessions,
    onPair: async (pair) => {
      await file.append(pair)
      onProgress?.(phase.name, ++done, wanted)
    },
    onRejected,
  })
  const seconds = (performance.now() - started) / 1000
  const counts = { wanted, written, earlier: known.length, rejected, seconds, ended }
  log.write('phase_ended', { phase: phase.name, ...counts })
  const gone = pool.gone.aborted ? { gone: String(pool.gone.reason) } : {}
  return { phase: phase.name, path, notes, ...counts, ...gone }
}

/** What comes again and again is only counted. */
function tallyRejections({ name: phase }: PhaseSettings, log: RunLog) {
  const rejected: Record<string, number> = {}
  const count = (reason: string) => {
    rejected[reason] = (rejected[reason] ?? 0) + 1
  }
  return {
    rejected,
    onSkipped: (reason: string) => {
      count(reason)
      log.write('answer_skipped', { phase, reason })
    },
    onRejected: (draft: Draft, reason: string, verdict?: Verdict) => {
      count(reason)
      if (reason !== 'asked before') log.write('draft_rejected', { ...draft, reason, verdict })
    },
  }
}

function openWriter(
  { settings, database }: Pick<Generation, 'settings'> & { readonly database: SessionPool },
  { name: phase }: PhaseSettings,
  {
    catalog,
    marks,
    opened: { told, namesValues },
  }: Pick<PhaseSurroundings, 'catalog' | 'marks'> & { readonly opened: PhaseWriting },
): PairWriter {
  const { seed, jitter_numbers: jitter } = settings
  if (phase === 'sample_data') return createSampleWriter({ catalog, database, marks, seed, jitter })
  return createTemplateWriter({ phase, catalog: told, seed, namesValues })
}

function sessionsOf(
  settings: GeneratorSettings,
  { parallelism }: PhaseSettings,
  tasks: number,
): number {
  return sessionsPerWorker({
    each: settings.db_concurrent_sessions,
    all: settings.max_db_sessions,
    workers: parallelism,
    tasks,
  })
}
