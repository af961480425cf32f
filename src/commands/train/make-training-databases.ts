/** Makes the databases of the sets that come without any, and keeps the questions whose SQL runs on them. */
import { passOfTemplate } from '../../../agents/training/make-template-questions.js'
import type {
  TrainingDatabase,
  TrainingQuestion,
} from '../../../agents/training/training-question.js'
import { createRandom, shuffled } from '../../../data/random.js'
import { makeBirdDatabase } from '../../../data/training/bird/make-bird-database.js'
import { readBird } from '../../../data/training/bird/read-bird.js'
import { type MadeSource, makeDatabase } from '../../../data/training/made-database.js'
import { saidHeader } from '../../../data/training/wikisql/column-name.js'
import { makeWikiDatabases } from '../../../data/training/wikisql/make-wiki-databases.js'
import { judgeQuestions, readWikiSql } from '../../../data/training/wikisql/read-wikisql.js'
import type { WikiTable } from '../../../data/training/wikisql/wiki-question.js'
import { wikiTablesMaker } from './make-wiki-tables.js'
import { checkQuestions, type TemplateWishes } from './read-training-database.js'

/** Tables of WikiSQL in one pass, two questions each: fewer than its sets with whole databases have. */
const wikiTablesPerPass = 2_600
/** One question of BIRD in so many in one pass. */
const birdShare = 3
/** WikiSQL's databases are many and have no keys between tables: so much less is asked of each by templates. */
const wikiTemplateShare = 4

export interface MadeSetOptions {
  /** WikiSQL: `train_partial.jsonl`. */
  readonly wikiSql?: string
  /** BIRD: `train_compact.json` and `all_db_descriptions.json`. */
  readonly bird?: string
  /** Databases of the evaluation, in lower case. */
  readonly evaluated: ReadonlySet<string>
  readonly passes: number
  readonly seed: number
  /** Questions by templates, for each database and pass. */
  readonly templates: number
}

export interface MadeDatabases {
  /** One list a pass. */
  readonly databases: readonly (readonly TrainingDatabase[])[]
  /** WikiSQL's tables one by one, for a pass: too many to keep them all. */
  alone(pass: number): readonly TrainingDatabase[]
  /** How many questions were left out, by reason. */
  readonly rejected: Readonly<Record<string, number>>
}

/** Throws when a file is missing or has another layout. */
export async function makeTrainingDatabases(
  options: MadeSetOptions,
  signal: AbortSignal,
): Promise<MadeDatabases> {
  const rejected = new Map<string, number>()
  const reject = (reason: string, count = 1) =>
    rejected.set(reason, (rejected.get(reason) ?? 0) + count)
  const check: Check = (source, wishes) => {
    signal.throwIfAborted()
    return checkSource(source, wishes, reject)
  }
  const wikiSet = options.wikiSql === undefined ? undefined : await readWikiSql(options.wikiSql)
  const read = wikiSet && judgeQuestions(wikiSet)
  for (const [reason, count] of Object.entries(read?.rejected ?? {})) reject(reason, count)
  const wiki = await makeWikiPasses(read?.tables ?? [], options, check)
  const birds = await makeBirds(options, check)
  const databases = wiki.map((list, pass) => [...list, ...birds.map((bird) => shareOf(bird, pass))])
  const alone = wikiSet
    ? wikiTablesMaker(judgeQuestions(wikiSet, saidHeader), options.seed)
    : () => []
  return { databases, alone, rejected: Object.fromEntries(rejected) }
}

type Check = (source: MadeSource, wishes: TemplateWishes) => Promise<TrainingDatabase[]>

async function makeWikiPasses(
  read: readonly WikiTable[],
  { passes, seed, templates }: MadeSetOptions,
  check: Check,
): Promise<TrainingDatabase[][]> {
  const databases: TrainingDatabase[][] = Array.from({ length: passes }, () => [])
  const tables = shuffled(read, createRandom(seed))
  for (const [pass, list] of databases.entries()) {
    const random = createRandom(seed * 1_000 + pass + 1)
    const count = Math.ceil(templates / wikiTemplateShare)
    const wishes = { count, passes: [pass + 1], seed }
    for (const source of makeWikiDatabases(takeShare(tables, pass), random)) {
      list.push(...(await check(source, wishes)))
    }
  }
  return databases
}

async function makeBirds(
  { bird, evaluated, passes, seed, templates }: MadeSetOptions,
  check: Check,
): Promise<TrainingDatabase[]> {
  const databases: TrainingDatabase[] = []
  const all = Array.from({ length: passes }, (_, pass) => pass + 1)
  const wishes = { count: templates, passes: all, seed }
  for (const read of bird === undefined ? [] : await readBird(bird, evaluated)) {
    databases.push(...(await check(makeBirdDatabase(read, createRandom(seed)), wishes)))
  }
  return databases
}

/** BIRD's questions are long: some are asked in each pass. */
function shareOf(database: TrainingDatabase, pass: number): TrainingDatabase {
  const isAsked = (question: TrainingQuestion, index: number) =>
    passOfTemplate(question) !== undefined || (index + pass) % birdShare === 0
  return { ...database, questions: database.questions.filter(isAsked) }
}

/** Passes go on where the last one ended, and begin again after the last table. */
function takeShare<T>(list: readonly T[], pass: number): T[] {
  const start = (pass * wikiTablesPerPass) % Math.max(1, list.length)
  const length = Math.min(wikiTablesPerPass, list.length)
  return [...list, ...list].slice(start, start + length)
}

async function checkSource(
  { name, tables, questions }: MadeSource,
  wishes: TemplateWishes,
  reject: (reason: string) => void,
): Promise<TrainingDatabase[]> {
  const made = await makeDatabase(tables)
  try {
    const source = { name, questions }
    const { database, rejected } = await checkQuestions(source, made.catalog, made.run, wishes)
    for (const reason of rejected) reject(reason)
    return database.questions.length > 0 ? [database] : []
  } finally {
    made.close()
  }
}
