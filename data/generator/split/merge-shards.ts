/** Puts together what several machines wrote in shards, and parts the whole once into training and validation. */
import { mkdir, readFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import type { Pair, PhaseName } from '../pair.js'
import { pairFilePath } from '../pair-file.js'
import { readPairLines } from '../read-pair-lines.js'
import type { GeneratorSettings, PhaseSettings } from '../settings/generator-settings.js'
import { shareOf } from '../shard.js'
import { findShards } from './find-shards.js'
import { withoutRepeats } from './split-pairs.js'
import { type SplitReport, writeLines, writeSplit } from './write-split.js'

export interface Merging {
  /** Those that the shards were written with. */
  readonly settings: GeneratorSettings
  /** Where the shards lie. */
  readonly folders: readonly string[]
  /** One of the configured phases alone; nothing is parted then. */
  readonly only?: PhaseName
  readonly version?: string
}

export interface MergedPhase {
  readonly phase: PhaseName
  readonly path: string
  /** 0 for a phase that was whole before. */
  readonly shards: number
  readonly written: number
  /** Pairs that another shard has as well. */
  readonly repeated: number
  /** Which shards came short. */
  readonly notes: readonly string[]
}

export type Merged =
  | { readonly ok: true; readonly phases: readonly MergedPhase[]; readonly split?: SplitReport }
  /** Nothing was written. */
  | { readonly ok: false; readonly problems: readonly string[] }

type Gathered =
  | { readonly ok: true; readonly report: MergedPhase; readonly pairs: readonly Pair[] }
  | { readonly ok: false; readonly problems: readonly string[] }

/** Equal shards give equal files, so that merging again does no harm; every problem is told at once. */
export async function mergeShards(merging: Merging): Promise<Merged> {
  const { settings, only, version } = merging
  try {
    const asked = settings.phases.filter(({ name }) => only === undefined || name === only)
    const gathered: Gathered[] = []
    for (const phase of asked) gathered.push(await gather(merging, phase))
    const problems = gathered.flatMap((each) => (each.ok ? [] : each.problems))
    if (problems.length > 0) return { ok: false, problems }
    const whole = gathered.filter((each) => each.ok)
    for (const { report, pairs } of whole) await writePhase(report, pairs)
    const isParted = only === undefined && settings.validation_share > 0
    const split = isParted ? await writeSplit(settings, version) : undefined
    return { ok: true, phases: whole.map(({ report }) => report), split }
  } catch (error) {
    if (!(error instanceof Error && 'code' in error)) throw error
    return { ok: false, problems: [`Nothing can be read or written there: ${error.message}`] }
  }
}

/** The pairs of all shards in the order in which one machine would have written them. */
async function gather(merging: Merging, phase: PhaseSettings): Promise<Gathered> {
  const { settings, folders, version } = merging
  const path = pairFilePath(phase.dataset_output_dir ?? settings.output_dir, {
    phase: phase.name,
    version,
  })
  const before = readPairLines({ path, text: await readFile(path, 'utf8').catch(() => '') })
  if (!before.ok) return { ok: false, problems: [before.problem] }
  const found = await findShards({ phase: phase.name, version }, folders)
  if (!found.ok) return found
  const { files } = found
  if (files.length === 0) return withoutShards(phase.name, path, before.pairs, folders)
  const read = files.map(readPairLines)
  const unread = read.flatMap((each) => (each.ok ? [] : [each.problem]))
  if (unread.length > 0) return { ok: false, problems: unread }
  const shards = read.map((each) => (each.ok ? each.pairs : []))
  const all = shards.flat().sort((one, other) => one.metadata.draft - other.metadata.draft)
  const pairs = withoutRepeats(all)
  const problems = pairProblems(phase.name, pairs, settings.seed)
  if (!isPartOf(before.pairs, pairs)) {
    problems.push(`${path} holds pairs that are in no shard; another output_dir keeps them.`)
  }
  if (problems.length > 0) return { ok: false, problems }
  const notes = files.flatMap(({ shard, path: file }, at) => {
    const [wanted, has] = [shareOf(phase.count, shard), shards[at]?.length ?? 0]
    return has < wanted ? [`${file} has ${has} of ${wanted}.`] : []
  })
  const counts = { shards: files.length, written: pairs.length }
  const repeated = all.length - pairs.length
  return { ok: true, report: { phase: phase.name, path, ...counts, repeated, notes }, pairs }
}

/** A phase that one machine wrote whole needs no merging. */
function withoutShards(
  phase: PhaseName,
  path: string,
  pairs: readonly Pair[],
  folders: readonly string[],
): Gathered {
  if (pairs.length === 0) {
    return { ok: false, problems: [`No shard of ${phase} is in ${folders.join(', ')}.`] }
  }
  const counts = { shards: 0, written: pairs.length, repeated: 0 }
  return { ok: true, report: { phase, path, ...counts, notes: [] }, pairs }
}

function pairProblems(phase: PhaseName, pairs: readonly Pair[], seed: number): string[] {
  const databases = [...new Set(pairs.map(({ database }) => database))].sort()
  return [
    ...(databases.length > 1 ? [`Shards of ${phase} are about ${databases.join(' and ')}.`] : []),
    ...(pairs.some((pair) => pair.phase !== phase)
      ? [`Shards of ${phase} hold other phases.`]
      : []),
    ...(pairs.some(({ metadata }) => metadata.seed !== seed)
      ? [`Shards of ${phase} were written with another seed than ${seed}.`]
      : []),
  ]
}

function isPartOf(some: readonly Pair[], all: readonly Pair[]): boolean {
  const known = new Set(all.map((pair) => JSON.stringify(pair)))
  return some.every((pair) => known.has(JSON.stringify(pair)))
}

async function writePhase({ path, shards }: MergedPhase, pairs: readonly Pair[]): Promise<void> {
  if (shards === 0) return
  await mkdir(dirname(path), { recursive: true })
  await writeLines(path, pairs)
}
