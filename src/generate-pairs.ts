/** The library's call for training pairs: opens a source, runs the phases, closes it. */
import { basename, extname } from 'node:path'
import { type Generated, generatePhases } from '../data/generator/generate-phases.js'
import type { PhaseName } from '../data/generator/pair.js'
import type { GeneratorSettings } from '../data/generator/settings/generator-settings.js'
import type { OnProgress } from '../data/progress.js'
import { openSource } from '../data/sources/open-source.js'
import type { Source } from '../data/sources/source.js'
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
  readonly signal?: AbortSignal
  readonly onProgress?: OnProgress
}

/** What cannot be opened or written is a value with a message. */
export async function generatePairs(options: GenerateOptions): Promise<Generated> {
  const { settings, home, onProgress } = options
  const unwritable = await prepareHome(home)
  if (unwritable) return failed(unwritable)
  const opened = await openSource(options.source ?? settings.source, home, onProgress)
  if (!opened.ok) return failed(opened.failure)
  const database = await openDatabase(opened.source)
  try {
    return await generatePhases({
      settings,
      name: settings.database ?? nameOf(opened.source),
      database,
      only: options.only,
      version: options.version,
      signal: options.signal ?? new AbortController().signal,
      onProgress: (phase, done, total) => onProgress?.(`Generating ${phase}`, done, total),
    })
  } finally {
    await database.close()
  }
}

function nameOf({ demo, label }: Source): string {
  return demo ?? basename(label, extname(label))
}

function failed({ message, hints }: { message: string; hints: readonly string[] }): Generated {
  return { ok: false, message: [message, ...hints].join(' '), phases: [] }
}
