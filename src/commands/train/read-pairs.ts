/** Reads what `parley generate` wrote about a database, for training: every pair is checked on that database again. */
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { TrainingDatabase } from '../../../agents/training/training-question.js'
import type { Database } from '../../../data/database.js'
import type { Pair } from '../../../data/generator/pair.js'
import { type ReadPairLines, readPairLines } from '../../../data/generator/read-pair-lines.js'
import { openSource } from '../../../data/sources/open-source.js'
import type { RunRows } from '../../../data/training/verify-question.js'
import { openDatabase } from '../../open-database.js'
import { prepareHome } from '../../prepare-home.js'
import type { CommandContext } from '../command-context.js'
import { type CheckedDatabase, checkQuestions } from './read-training-database.js'

export interface PairsPlace {
  /** With `train.jsonl` and `validation.jsonl`. */
  readonly folder: string
  /** The database that they are about. */
  readonly source: string
}

export type ReadPairs =
  | {
      readonly ok: true
      readonly training: TrainingDatabase
      /** The same database with other questions: neither template nor skeleton is shared. */
      readonly validation: TrainingDatabase
      /** Why pairs were left out, one word each. */
      readonly rejected: readonly string[]
    }
  | { readonly ok: false; readonly message: string }

/** As many rows as decide whether two results are the same. */
const maxRows = 20_000

export async function readPairs(
  { folder, source }: PairsPlace,
  context: CommandContext,
): Promise<ReadPairs> {
  const training = await readFileOfPairs(join(folder, 'train.jsonl'))
  const validation = await readFileOfPairs(join(folder, 'validation.jsonl'))
  if (!training.ok) return { ok: false, message: training.problem }
  if (!validation.ok) return { ok: false, message: validation.problem }
  const { config, terminal } = context
  const unwritable = await prepareHome(config.home)
  const opened = unwritable
    ? { ok: false as const, failure: unwritable }
    : await openSource(source, config.home, terminal.onProgress, config)
  if (!opened.ok) {
    return { ok: false, message: [opened.failure.message, ...opened.failure.hints].join(' ') }
  }
  const database = await openDatabase(opened.source)
  try {
    const check = await openCheck(
      database,
      training.pairs.length + validation.pairs.length,
      context,
    )
    const [trained, measured] = [await check(training.pairs), await check(validation.pairs)]
    const rejected = [...trained.rejected, ...measured.rejected]
    const served = { ...trained.database, isServed: true }
    return { ok: true, training: served, validation: measured.database, rejected }
  } finally {
    await database.close()
  }
}

async function readFileOfPairs(path: string): Promise<ReadPairLines> {
  const text = await readFile(path, 'utf8').catch(() => undefined)
  if (text !== undefined) return readPairLines({ path, text })
  return { ok: false, problem: `There is no ${path}; \`npx parley generate\` writes it.` }
}

/** Two queries are run for a pair: its own SQL, and the same taken apart and completed again. */
const queriesPerPair = 2

async function openCheck(
  database: Database,
  total: number,
  { terminal, signal }: Pick<CommandContext, 'terminal' | 'signal'>,
): Promise<(pairs: readonly Pair[]) => Promise<CheckedDatabase>> {
  const catalog = await database.introspect(signal)
  let queries = 0
  const run: RunRows = async (sql) => {
    signal.throwIfAborted()
    queries += 1
    terminal.onProgress('Checking pairs', Math.min(total, queries / queriesPerPair), total)
    const outcome = await database.query(sql, { maxRows, signal })
    return outcome.ok
      ? { ok: true, ...outcome.result }
      : { ok: false, message: outcome.failure.message }
  }
  return (pairs) => {
    const questions = pairs.flatMap(({ id, database: name, question, sql }) =>
      sql === undefined ? [] : [{ id, database: name, wordings: [question] as const, sql }],
    )
    return checkQuestions({ name: pairs[0]?.database ?? database.label, questions }, catalog, run)
  }
}
