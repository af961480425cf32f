/** `parley train rows`: writes the packs that adapters are trained on, from public text-to-SQL sets and from pairs of one's own. */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import type { TrainingDatabase } from '../../../agents/training/training-question.js'
import { SqliteRunner } from '../../../data/evaluation/sqlite/sqlite-runner.js'
import { evaluationDatabases, readTrainingSets } from '../../../data/training/read-training-sets.js'
import type { SetQuestion } from '../../../data/training/set-question.js'
import { openLlama } from '../../../models/llama/open-llama.js'
import { openTokenCounter } from '../../../models/llama/open-token-counter.js'
import { exitCodes } from '../../exit-codes.js'
import type { CommandContext } from '../command-context.js'
import { parseCount } from '../parse-count.js'
import { makeTrainingDatabases } from './make-training-databases.js'
import { makeWarehouses } from './make-warehouse-rows.js'
import { readPairs } from './read-pairs.js'
import { readTrainingDatabase, type TemplateWishes } from './read-training-database.js'
import { servedBase } from './served-base.js'
import { writePacks, writeValidation } from './write-packs.js'

export interface TrainRowsOptions {
  readonly spider?: string
  readonly spiderSyn?: string
  readonly nvbench?: string
  readonly cosql?: string
  readonly wikisql?: string
  readonly bird?: string
  /** Folder of what `parley generate` wrote. */
  readonly pairs?: string
  /** The database that the pairs are about. */
  readonly source?: string
  readonly warehouses: string
  readonly templates: string
  readonly pointers?: true
  readonly out?: string
  readonly passes: string
  readonly seed: string
}

const usage =
  'Use: parley train rows --spider FOLDER [--spider-syn FOLDER] [--nvbench FOLDER] [--cosql FOLDER] [--wikisql FOLDER] [--bird FOLDER] and/or --pairs FOLDER --source SOURCE | --demo NAME, [--warehouses N] [--templates N] [--pointers] [--out FOLDER] [--passes N] [--seed N]'
/** Gold SQL that takes longer teaches nothing that a quicker one does not. */
const timeoutMs = 5_000

export async function trainRows(options: TrainRowsOptions, context: CommandContext) {
  const { terminal } = context
  const counts = readCounts(options)
  if (counts === undefined || !isWhole(options)) {
    terminal.say(usage)
    return exitCodes.usage
  }
  const { passes, seed } = counts
  const base = await servedBase(context)
  if (base === undefined) return exitCodes.failed
  const read = await readAll(options, counts, context).catch(setProblem)
  if (typeof read === 'string') {
    terminal.say(read)
    return exitCodes.failed
  }
  const { databases, beside, alone, validation, rejected } = read
  const folder = options.out ?? join(context.config.home, 'training/rows')
  const llama = await openLlama()
  const counter = await openTokenCounter(llama, base)
  try {
    const plan = { passes, seed, folder, counter, pointed: options.pointers }
    await writePacks(databases, (pass) => [...(beside[pass - 1] ?? []), ...alone(pass)], plan)
    for (const [name, measured] of validation) await writeValidation(name, measured, plan)
  } finally {
    await counter.close()
    await llama.dispose()
  }
  const all = [...databases, ...new Set(beside.flat())]
  const questions = all.reduce((sum, database) => sum + database.questions.length, 0)
  terminal.settle()
  terminal.print(JSON.stringify({ folder, databases: all.length, questions, rejected }))
  return exitCodes.answered
}

/** Something to read, and of pairs what they are about. */
function isWhole({ spider, pairs, source }: TrainRowsOptions): boolean {
  return (spider ?? pairs) !== undefined && (pairs === undefined) === (source === undefined)
}

interface TrainingMaterial {
  /** Some of them are kept for validation. */
  readonly databases: readonly TrainingDatabase[]
  /** All trained on, a list for each pass. */
  readonly beside: readonly (readonly TrainingDatabase[])[]
  /** Beside them in a pass, for a model that learns from nothing. */
  alone(pass: number): readonly TrainingDatabase[]
  /** What else is validated on, by the name of its file. */
  readonly validation: readonly (readonly [file: string, databases: readonly TrainingDatabase[]])[]
  /** How many questions were left out, by reason. */
  readonly rejected: Readonly<Record<string, number>>
}

/** A message where something cannot be read. */
async function readAll(
  options: TrainRowsOptions,
  counts: Counts,
  context: CommandContext,
): Promise<TrainingMaterial | string> {
  const { spider, pairs: folder, source } = options
  const sets = spider === undefined ? undefined : await readSets(spider, options, counts, context)
  const pairs =
    folder === undefined || source === undefined
      ? undefined
      : await readPairs({ folder, source }, context)
  if (pairs && !pairs.ok) return pairs.message
  const made = await makeWarehouses(counts, context)
  const rejected = { ...sets?.rejected }
  for (const reason of pairs?.rejected ?? []) rejected[reason] = (rejected[reason] ?? 0) + 1
  const ownFile = sets ? 'validation-pairs.jsonl' : 'validation.jsonl'
  return {
    databases: sets?.databases ?? [],
    alone: (pass) => (options.pointers ? (sets?.alone(pass) ?? []) : []),
    beside: made.training.map((list, at) => [
      ...(sets?.beside[at] ?? []),
      ...list,
      ...(pairs ? [pairs.training] : []),
    ]),
    validation: [
      ['validation-warehouses.jsonl', made.validation],
      ...(pairs ? [[ownFile, [pairs.validation]] as const] : []),
    ],
    rejected,
  }
}

async function readSets(
  spider: string,
  options: TrainRowsOptions,
  { passes, seed, templates }: Counts,
  context: CommandContext,
): Promise<Omit<TrainingMaterial, 'validation'>> {
  const { spiderSyn, nvbench: nvBench, cosql, wikisql: wikiSql, bird } = options
  const { databases, schemas, rejected } = await readDatabases(
    { spider, spiderSyn, nvBench, cosql },
    { count: templates, passes: Array.from({ length: passes }, (_, pass) => pass + 1), seed },
    context,
  )
  const made = await makeTrainingDatabases(
    { wikiSql, bird, evaluated: await evaluationDatabases(spider), passes, seed, templates },
    context.signal,
  )
  const beside = made.databases.map((list) => [...schemas, ...list])
  return { databases, beside, alone: made.alone, rejected: { ...rejected, ...made.rejected } }
}

/** Why a public set cannot be read; other errors are thrown on. */
function setProblem(error: unknown): string {
  const layout = '`npx parley data download` says how the sets are laid out.'
  if (error instanceof z.ZodError || error instanceof SyntaxError) {
    return `A file of the sets has another layout than the published one: ${error.message} ${layout}`
  }
  if (error instanceof Error && 'code' in error && 'path' in error) {
    return `Cannot read ${error.path} (${error.code}). ${layout}`
  }
  throw error
}

interface Counts {
  readonly passes: number
  readonly seed: number
  /** Warehouses of a pass. */
  readonly count: number
  readonly templates: number
}

/** Undefined when one is no number. */
function readCounts(options: TrainRowsOptions): Counts | undefined {
  const orNone = (text: string) => (text === '0' ? 0 : parseCount(text))
  const passes = parseCount(options.passes)
  const seed = parseCount(options.seed)
  const count = orNone(options.warehouses)
  const templates = orNone(options.templates)
  if (typeof passes !== 'number' || typeof seed !== 'number') return undefined
  if (typeof count !== 'number' || typeof templates !== 'number') return undefined
  return { passes, seed, count, templates }
}

/** `schemas` are databases of which only the tables are left, without rows: to train on, not to measure with. */
async function readDatabases(
  sets: Parameters<typeof readTrainingSets>[0],
  wishes: TemplateWishes,
  { terminal, signal }: CommandContext,
) {
  const groups = groupByDatabase(await readTrainingSets(sets))
  const runner = new SqliteRunner(timeoutMs)
  const databases: TrainingDatabase[] = []
  const schemas: TrainingDatabase[] = []
  const rejected: Record<string, number> = {}
  try {
    for (const [name, questions] of groups) {
      signal.throwIfAborted()
      const whole = join(sets.spider, 'database', name, `${name}.sqlite`)
      const isWhole = existsSync(whole)
      const path = isWhole ? whole : whole.replace(/sqlite$/, 'schema_only.sqlite')
      try {
        const read = await readTrainingDatabase({ name, path, questions }, runner, wishes)
        for (const reason of read.rejected) rejected[reason] = (rejected[reason] ?? 0) + 1
        ;(isWhole ? databases : schemas).push(read.database)
      } catch (error) {
        terminal.say(`${name} is left out: ${error instanceof Error ? error.message : error}`)
      }
      terminal.onProgress('Checking gold SQL', databases.length, groups.size)
    }
  } finally {
    await runner.close()
  }
  return { databases, schemas, rejected }
}

function groupByDatabase(questions: readonly SetQuestion[]): Map<string, SetQuestion[]> {
  const groups = new Map<string, SetQuestion[]>()
  for (const question of questions) {
    const group = groups.get(question.database)
    if (group) group.push(question)
    else groups.set(question.database, [question])
  }
  return groups
}
