/** The library's call for training pairs: opens a source, runs the phases, closes it. */
import { appendFile, mkdir } from 'node:fs/promises'
import { basename, extname, join } from 'node:path'
import { type Generated, generatePhases } from '../data/generator/generate-phases.js'
import type { PhaseName } from '../data/generator/pair.js'
import type { RunLog } from '../data/generator/run-log.js'
import type { GeneratorSettings } from '../data/generator/settings/generator-settings.js'
import { type Shard, shareOf } from '../data/generator/shard.js'
import type { OnProgress } from '../data/progress.js'
import { openSource } from '../data/sources/open-source.js'
import type { Source } from '../data/sources/source.js'
import type { WeightProgress } from '../models/weights/weight-artefact.js'
import { readConfig } from './config.js'
import { createLogger } from './logger.js'
import { openDatabase } from './open-database.js'
import { type ModelAccess, type OpenedModels, openWritingModels } from './open-writing-models.js'
import { prepareHome } from './prepare-home.js'

export interface GenerateOptions {
  /** As `readSettings` or `generatorSettings` make them. */
  readonly settings: GeneratorSettings
  /** Goes before the source of the settings; the demo without either. */
  readonly source?: string
  /** Whether a server may be asked as a role that can change data. */
  readonly allowWriter?: boolean
  /** For demos, imports and weights. */
  readonly home: string
  /** Where models are, for settings that ask one; without, as the environment says (`PARLEY_…`). */
  readonly access?: Omit<ModelAccess, 'home'>
  /** One of the configured phases alone. */
  readonly only?: PhaseName
  /** Behind the names of the files. */
  readonly version?: string
  /** One machine's share. */
  readonly shard?: Shard
  /** Whether files of an earlier run are gone on with. */
  readonly resume?: boolean
  readonly signal?: AbortSignal
  readonly onProgress?: OnProgress
  readonly onWeights?: (progress: WeightProgress) => void
  /** Called with what somebody who waits should know. */
  readonly onNotice?: (message: string) => void
}

/** What cannot be opened or written is a value with a message. */
export async function generatePairs(options: GenerateOptions): Promise<Generated> {
  const { settings, home, onProgress } = options
  const unwritable = await prepareHome(home)
  if (unwritable) return failed(unwritable)
  const log = await openRunLog(join(settings.output_dir, 'logs'))
  if (!log) return failed({ message: `${settings.output_dir} cannot be written.`, hints: [] })
  const opened = await openSource(options.source ?? settings.source, home, onProgress, options)
  if (!opened.ok) return failed(opened.failure)
  log.write('run_started', { ...settings, source: opened.source.label })
  const signal = options.signal ?? new AbortController().signal
  const writing = await openModels(options, log, signal)
  if (!writing.ok) return failed({ message: writing.message, hints: [] })
  const database = await openDatabase(opened.source)
  try {
    const generated = await generatePhases({
      settings,
      log,
      models: writing.models,
      name: settings.database ?? nameOf(opened.source),
      database,
      only: options.only,
      version: options.version,
      shard: options.shard,
      resume: options.resume,
      signal,
      ...(onProgress && phaseProgress(options, onProgress)),
    })
    log.write(signal.aborted ? 'run_stopped' : 'run_ended', { ok: generated.ok })
    return generated
  } finally {
    await database.close()
    await writing.close()
  }
}

async function openModels(
  { settings, home, access, onWeights, onNotice }: GenerateOptions,
  log: RunLog,
  signal: AbortSignal,
): Promise<OpenedModels> {
  const read = access ? undefined : readConfig()
  if (read && !read.ok) return { ok: false, message: read.problems.join(' ') }
  const found: Omit<ModelAccess, 'home'> = access ?? read?.config ?? { offline: true }
  const onWait = (message: string) => {
    log.write('model_wait', { message })
    onNotice?.(message)
  }
  return openWritingModels(settings, { ...found, home }, { onWeights, onWait, signal })
}

/**
 * A step for each phase; phases that run side by side are one, which would else change with every pair. Between two pairs,
 * what models are doing is told with the last count.
 */
function phaseProgress({ settings, shard, only }: GenerateOptions, onProgress: OnProgress) {
  let last: Parameters<OnProgress> | undefined
  const tell = (...progress: Parameters<OnProgress>) => {
    last = progress
    onProgress(...progress)
  }
  const known = new Map<PhaseName, number>()
  const asked = settings.phases.filter(({ name }) => only === undefined || name === only)
  const all = asked.reduce((sum, { count }) => sum + shareOf(count, shard), 0)
  return {
    onProgress: (phase: PhaseName, done: number, total: number) => {
      if (settings.parallel_phases === 1) return tell(`Generating ${phase}`, done, total)
      known.set(phase, done)
      const sum = [...known.values()].reduce((one, other) => one + other, 0)
      return tell('Generating pairs', sum, all)
    },
    onActivity: (activity: string) => {
      const [step, done, total] = last ?? ['Generating pairs', 0, all]
      if (done < total) onProgress(step, done, total, activity)
    },
  }
}

/** A file of its own for each run; undefined where the folder cannot be written. */
async function openRunLog(folder: string): Promise<RunLog | undefined> {
  const path = join(folder, `run-${new Date().toISOString().replace(/[:.]/g, '-')}.log`)
  try {
    await mkdir(folder, { recursive: true })
    await appendFile(path, '')
  } catch {
    return undefined
  }
  const logger = createLogger('info', path)
  return { write: (event, facts) => logger.info({ event, ...facts }) }
}

function nameOf({ demo, connect, path, label }: Source): string {
  return demo ?? (connect !== undefined ? basename(path) : basename(label, extname(label)))
}

function failed({ message, hints }: { message: string; hints: readonly string[] }): Generated {
  return { ok: false, message: [message, ...hints].join(' '), phases: [] }
}
