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
import { createLogger } from './logger.js'
import { openDatabase } from './open-database.js'
import { prepareHome } from './prepare-home.js'

export interface GenerateOptions {
  /** As `readSettings` or `generatorSettings` make them. */
  readonly settings: GeneratorSettings
  /** Goes before the source of the settings; the demo without either. */
  readonly source?: string
  /** For demos and imports. */
  readonly home: string
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
}

/** What cannot be opened or written is a value with a message. */
export async function generatePairs(options: GenerateOptions): Promise<Generated> {
  const { settings, home, onProgress } = options
  const unwritable = await prepareHome(home)
  if (unwritable) return failed(unwritable)
  const log = await openRunLog(join(settings.output_dir, 'logs'))
  if (!log) return failed({ message: `${settings.output_dir} cannot be written.`, hints: [] })
  const opened = await openSource(options.source ?? settings.source, home, onProgress)
  if (!opened.ok) return failed(opened.failure)
  log.write('run_started', { source: opened.source.label, ...settings })
  const database = await openDatabase(opened.source)
  try {
    const generated = await generatePhases({
      settings,
      log,
      name: settings.database ?? nameOf(opened.source),
      database,
      only: options.only,
      version: options.version,
      shard: options.shard,
      resume: options.resume,
      signal: options.signal ?? new AbortController().signal,
      onProgress: onProgress && phaseProgress(options, onProgress),
    })
    log.write(options.signal?.aborted ? 'run_stopped' : 'run_ended', { ok: generated.ok })
    return generated
  } finally {
    await database.close()
  }
}

/** A step for each phase; phases that run side by side are one, which would else change with every pair. */
function phaseProgress({ settings, shard, only }: GenerateOptions, onProgress: OnProgress) {
  const known = new Map<PhaseName, number>()
  const asked = settings.phases.filter(({ name }) => only === undefined || name === only)
  const all = asked.reduce((sum, { count }) => sum + shareOf(count, shard), 0)
  return (phase: PhaseName, done: number, total: number) => {
    if (settings.parallel_phases === 1) return onProgress(`Generating ${phase}`, done, total)
    known.set(phase, done)
    const sum = [...known.values()].reduce((one, other) => one + other, 0)
    return onProgress('Generating pairs', sum, all)
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

function nameOf({ demo, label }: Source): string {
  return demo ?? basename(label, extname(label))
}

function failed({ message, hints }: { message: string; hints: readonly string[] }): Generated {
  return { ok: false, message: [message, ...hints].join(' '), phases: [] }
}
