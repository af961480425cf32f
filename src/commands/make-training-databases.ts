/** Makes the databases of the sets that come without any, and keeps the questions whose SQL runs on them. */

import type { TrainingDatabase } from '../../agents/training/training-question.js'
import { shuffled } from '../../agents/training/vary-catalog.js'
import { createRandom } from '../../data/random.js'
import { makeDatabase } from '../../data/training/made-database.js'
import type { MadeSource } from '../../data/training/wikisql/make-wiki-databases.js'
import { makeWikiDatabases } from '../../data/training/wikisql/make-wiki-databases.js'
import { readWikiSql } from '../../data/training/wikisql/read-wikisql.js'
import { checkQuestions } from './read-training-database.js'

/** Tables of WikiSQL in one pass, two questions each: fewer than its sets with whole databases have. */
const wikiTablesPerPass = 2_600

export interface MadeSetOptions {
  /** WikiSQL: `train_partial.jsonl`. */
  readonly wikiSql?: string
  readonly passes: number
  readonly seed: number
}

export interface MadeDatabases {
  /** One list a pass. */
  readonly databases: readonly (readonly TrainingDatabase[])[]
  /** How many questions were left out, by reason. */
  readonly rejected: Readonly<Record<string, number>>
}

/** Throws when a file is missing or has another layout. */
export async function makeTrainingDatabases(
  { wikiSql, passes, seed }: MadeSetOptions,
  signal: AbortSignal,
): Promise<MadeDatabases> {
  const rejected = new Map<string, number>()
  const count = (reason: string, more = 1) =>
    rejected.set(reason, (rejected.get(reason) ?? 0) + more)
  const databases: TrainingDatabase[][] = Array.from({ length: passes }, () => [])
  if (wikiSql !== undefined) {
    const read = await readWikiSql(wikiSql)
    for (const [reason, more] of Object.entries(read.rejected)) count(reason, more)
    const tables = shuffled(read.tables, createRandom(seed))
    for (const [index, list] of databases.entries()) {
      const share = takeShare(tables, index)
      const random = createRandom(seed * 1_000 + index + 1)
      for (const source of makeWikiDatabases(share, random)) {
        signal.throwIfAborted()
        list.push(...(await checkSource(source, count)))
      }
    }
  }
  return { databases, rejected: Object.fromEntries(rejected) }
}

/** Passes go on where the last one ended, and begin again after the last table. */
function takeShare<T>(list: readonly T[], pass: number): T[] {
  const start = (pass * wikiTablesPerPass) % Math.max(1, list.length)
  const length = Math.min(wikiTablesPerPass, list.length)
  return [...list, ...list].slice(start, start + length)
}

async function checkSource(
  { name, tables, questions }: MadeSource,
  reject: (reason: string) => void,
): Promise<TrainingDatabase[]> {
  const made = await makeDatabase(tables)
  try {
    const { database, rejected } = await checkQuestions({ name, questions }, made.catalog, made.run)
    for (const reason of rejected) reject(reason)
    return database.questions.length > 0 ? [database] : []
  } finally {
    made.close()
  }
}
