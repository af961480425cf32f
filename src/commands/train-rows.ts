/** `parley train rows`: writes the packs that adapters are trained on, from public text-to-SQL sets. */
import { existsSync } from 'node:fs'
import { mkdir, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { buildPacks } from '../../agents/training/build-packs.js'
import { passOfTemplate } from '../../agents/training/make-template-questions.js'
import type { TrainingDatabase, TrainingQuestion } from '../../agents/training/training-question.js'
import { SqliteRunner } from '../../data/evaluation/sqlite/sqlite-runner.js'
import {
  evaluationDatabases,
  readTrainingSets,
  type SetQuestion,
} from '../../data/training/read-training-sets.js'
import { openLlama } from '../../models/llama/open-llama.js'
import { openTokenCounter, type TokenCounter } from '../../models/llama/open-token-counter.js'
import { exitCodes } from '../exit-codes.js'
import type { CommandContext } from './command-context.js'
import { makeTrainingDatabases } from './make-training-databases.js'
import { makeWarehouses } from './make-warehouse-rows.js'
import { parseCount } from './parse-count.js'
import { readTrainingDatabase, type TemplateWishes } from './read-training-database.js'
import { servedBase } from './served-base.js'

export interface TrainRowsOptions {
  readonly spider?: string
  readonly spiderSyn?: string
  readonly nvbench?: string
  readonly cosql?: string
  readonly wikisql?: string
  readonly bird?: string
  readonly warehouses: string
  readonly templates: string
  readonly out?: string
  readonly passes: string
  readonly seed: string
}

const usage =
  'Use: parley train rows --spider FOLDER [--spider-syn FOLDER] [--nvbench FOLDER] [--cosql FOLDER] [--wikisql FOLDER] [--bird FOLDER] [--warehouses N] [--templates N] [--out FOLDER] [--passes N] [--seed N]'
/** Gold SQL that takes longer teaches nothing that a quicker one does not. */
const timeoutMs = 5_000
/** One database in so many is kept for validation. */
const validationShare = 24

export async function trainRows(options: TrainRowsOptions, context: CommandContext) {
  const { terminal } = context
  const counts = readCounts(options)
  if (options.spider === undefined || counts === undefined) {
    terminal.say(usage)
    return exitCodes.usage
  }
  const { passes, seed } = counts
  const base = await servedBase(context)
  if (base === undefined) return exitCodes.failed
  const read = await readAll(options.spider, options, counts, context).catch(setProblem)
  if (typeof read === 'string') {
    terminal.say(read)
    return exitCodes.failed
  }
  const { databases, schemas, rejected, made, warehouses } = read
  const folder = options.out ?? join(context.config.home, 'training/rows')
  const llama = await openLlama()
  const counter = await openTokenCounter(llama, base)
  try {
    const beside = made.databases.map((list, at) => [
      ...schemas,
      ...list,
      ...(warehouses.training[at] ?? []),
    ])
    const plan = { passes, seed, folder, counter }
    await writePacks(databases, beside, plan)
    await writeValidation('validation-warehouses.jsonl', warehouses.validation, plan)
  } finally {
    await counter.close()
    await llama.dispose()
  }
  const all = [...databases, ...schemas, ...made.databases.flat(), ...warehouses.training.flat()]
  const questions = all.reduce((sum, database) => sum + database.questions.length, 0)
  terminal.settle()
  const left = { ...rejected, ...made.rejected }
  terminal.print(JSON.stringify({ folder, databases: all.length, questions, rejected: left }))
  return exitCodes.answered
}

async function readAll(
  spider: string,
  options: TrainRowsOptions,
  { passes, seed, count, templates }: Counts,
  context: CommandContext,
) {
  const { spiderSyn, nvbench: nvBench, cosql, wikisql: wikiSql, bird } = options
  const read = await readDatabases(
    { spider, spiderSyn, nvBench, cosql },
    { count: templates, passes: Array.from({ length: passes }, (_, pass) => pass + 1), seed },
    context,
  )
  const made = await makeTrainingDatabases(
    { wikiSql, bird, evaluated: await evaluationDatabases(spider), passes, seed, templates },
    context.signal,
  )
  const warehouses = await makeWarehouses({ count, passes, seed }, context)
  return { ...read, made, warehouses }
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

interface WritingPlan {
  readonly passes: number
  readonly seed: number
  readonly folder: string
  readonly counter: TokenCounter
}

async function writePacks(
  databases: readonly TrainingDatabase[],
  made: readonly (readonly TrainingDatabase[])[],
  plan: WritingPlan,
): Promise<void> {
  const { passes, seed, folder, counter } = plan
  await mkdir(folder, { recursive: true })
  const sorted = [...databases].sort((left, right) => (left.name < right.name ? -1 : 1))
  const isKept = (index: number) => index % validationShare === validationShare - 1
  const validation = sorted.filter((_, index) => isKept(index))
  const training = sorted.filter((_, index) => !isKept(index))
  const countTokens = (text: string) => counter.count(text)
  await writeValidation('validation.jsonl', validation.map(asMeasured), plan)
  for (let pass = 1; pass <= passes; pass++) {
    await writeLines(
      join(folder, `train-${pass}.jsonl`),
      [...training, ...(made[pass - 1] ?? [])].flatMap((database) =>
        buildPacks(askedIn(database, pass), { seed, pass, varied: true, countTokens }),
      ),
    )
  }
}

function writeValidation(
  name: string,
  databases: readonly TrainingDatabase[],
  { seed, folder, counter }: WritingPlan,
): Promise<void> {
  const options = { seed, pass: 1, varied: false, countTokens: counter.count }
  return writeLines(
    join(folder, name),
    databases.flatMap((database) => buildPacks(database, options)),
  )
}

/** Every other chart question, as they are many, long and loosely worded; of the templates' those of the pass. */
function askedIn(database: TrainingDatabase, pass: number): TrainingDatabase {
  const isAsked = (question: TrainingQuestion, index: number) =>
    question.id.startsWith('nvbench')
      ? (index + pass) % 2 === 0
      : (passOfTemplate(question) ?? pass) === pass
  return { ...database, questions: database.questions.filter(isAsked) }
}

/** Spider's own questions: what is measured does not depend on which other sets are there. */
function asMeasured(database: TrainingDatabase): TrainingDatabase {
  return {
    ...database,
    questions: database.questions.filter(({ id }) => id.startsWith('train_')),
  }
}

/** Written under another name and renamed, so that a file is whole or absent. */
async function writeLines(path: string, values: readonly unknown[]): Promise<void> {
  const draft = `${path}.part`
  await writeFile(draft, values.map((value) => `${JSON.stringify(value)}\n`).join(''))
  await rename(draft, path)
}
