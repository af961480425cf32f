/** Checks a copy of Spider: its files, its counts, its databases. */
import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import type { SqliteRunner } from '../../evaluation/sqlite/sqlite-runner.js'
import type { OnProgress } from '../../progress.js'
import {
  databasePath,
  questionFiles,
  readQuestionFile,
  readSchemaFile,
  schemaFile,
} from './spider-files.js'

/** Rows of each file in the release of August 2020, as its own README says. */
export const releasedRows: Readonly<Record<string, number>> = {
  'train_spider.json': 7_000,
  'train_others.json': 1_659,
  'dev.json': 1_034,
  [schemaFile]: 166,
}

export interface VerifiedFile {
  readonly name: string
  /** Questions, or schemas in `tables.json`; absent when it cannot be read. */
  readonly rows?: number
  readonly sha256?: string
}

export interface SpiderVerification {
  readonly files: readonly VerifiedFile[]
  readonly questions: number
  /** Of these, on databases that can be opened. */
  readonly askable: number
  readonly schemas: number
  /** Databases that the questions name. */
  readonly databases: number
  readonly missing: readonly string[]
  /** Present, but empty or no SQLite database. */
  readonly damaged: readonly string[]
  /** SHA-256 over the hashes of all database files, by name. */
  readonly databasesSha256: string
  /** One sentence each; none means that all is well. */
  readonly problems: readonly string[]
}

export interface VerifyingOptions {
  readonly signal: AbortSignal
  readonly onProgress?: OnProgress
  /** Rows that each file should have. Default: those of the release. */
  readonly expectedRows?: Readonly<Record<string, number>>
}

/** Rejects only when aborted. */
export async function verifySpider(
  folder: string,
  sqlite: SqliteRunner,
  { signal, onProgress, expectedRows = releasedRows }: VerifyingOptions,
): Promise<SpiderVerification> {
  const read = await Promise.all(
    questionFiles.map(async (name) => ({ name, file: await readQuestionFile(folder, name) })),
  )
  const schemas = await readSchemaFile(folder)
  const all = [...read, { name: schemaFile, file: schemas }]
  const questions = read.flatMap(({ file }) => (file.ok ? file.rows : []))
  const names = [...new Set(questions.map(({ db_id }) => db_id))].sort()
  const checked = new Map<string, DatabaseState>()
  for (const name of names) {
    signal.throwIfAborted()
    checked.set(name, await checkDatabase(databasePath(folder, name), sqlite))
    onProgress?.('Checking databases', checked.size, names.length)
  }
  const inState = (state: DatabaseState['state']) =>
    names.filter((name) => checked.get(name)?.state === state)
  const described = new Set(schemas.ok ? schemas.rows.map(({ db_id }) => db_id) : [])
  const facts = {
    files: all.map(({ name, file }) => ({
      name,
      ...(file.ok ? { rows: file.rows.length } : {}),
      ...(file.sha256 ? { sha256: file.sha256 } : {}),
    })),
    questions: questions.length,
    askable: questions.filter(({ db_id }) => checked.get(db_id)?.state === 'whole').length,
    schemas: described.size,
    databases: names.length,
    missing: inState('missing'),
    damaged: inState('damaged'),
    databasesSha256: hashOf(names.map((name) => checked.get(name)?.sha256 ?? '').join('\n')),
  }
  const undescribed = schemas.ok ? names.filter((name) => !described.has(name)) : []
  const broken = all.flatMap(({ file }) => (file.ok ? [] : [file.message]))
  return { ...facts, problems: [...broken, ...problemsOf(facts, undescribed, expectedRows)] }
}

interface DatabaseState {
  readonly state: 'whole' | 'missing' | 'damaged'
  readonly sha256?: string
}

async function checkDatabase(path: string, sqlite: SqliteRunner): Promise<DatabaseState> {
  const bytes = await readFile(path).catch(() => undefined)
  if (bytes === undefined) return { state: 'missing' }
  const sql = "SELECT count(*) FROM sqlite_schema WHERE type = 'table'"
  const outcome = bytes.length === 0 ? undefined : await sqlite.run({ path, sql, maxRows: 1 })
  const hasTables = outcome?.ok === true && Number(outcome.rows[0]?.[0]) > 0
  return { state: hasTables ? 'whole' : 'damaged', sha256: hashOf(bytes) }
}

function problemsOf(
  { files, questions, askable, missing, damaged }: Omit<SpiderVerification, 'problems'>,
  undescribed: readonly string[],
  expectedRows: Readonly<Record<string, number>>,
): string[] {
  const counted = files.flatMap(({ name, rows }) =>
    rows === undefined || rows === expectedRows[name]
      ? []
      : [`${name} has ${rows} entries, the release ${expectedRows[name]}.`],
  )
  const lost = questions - askable
  return [
    ...counted,
    ...(missing.length > 0 ? [`Databases are missing: ${missing.join(', ')}.`] : []),
    ...(damaged.length > 0 ? [`Databases are empty or damaged: ${damaged.join(', ')}.`] : []),
    ...(undescribed.length > 0
      ? [`${schemaFile} does not describe ${undescribed.join(', ')}.`]
      : []),
    ...(lost > 0
      ? [`${lost} of ${questions} questions cannot be asked for want of a database.`]
      : []),
  ]
}

function hashOf(content: string | Buffer): string {
  return createHash('sha256').update(content).digest('hex')
}
