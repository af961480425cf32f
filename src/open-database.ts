/** Opens the engine of a source. */
import type { Database } from '../data/database.js'
import { openDuckDbDatabase } from '../data/duckdb/duckdb-database.js'
import { ProcessEndedError } from '../data/engine-process/engine-process.js'
import type { RowPolicy } from '../data/policies/row-policy.js'
import {
  type Source,
  type SourceFailure,
  type SourceLimits,
  sourceFailure,
} from '../data/sources/source.js'
import { openSqliteDatabase } from '../data/sqlite/sqlite-database.js'

/** Rejects when the file is missing, damaged or being written, or the server does not answer. */
export function openDatabase(
  { kind, path, label, connect }: Source,
  limits?: SourceLimits,
): Promise<Database> {
  if (connect !== undefined) return connect(limits)
  const open = kind === 'sqlite' ? openSqliteDatabase : openDuckDbDatabase
  return open(path, { label, limits })
}

/** Whether `openDatabaseUnder` can open it. */
export function takesRowPolicies({ kind }: Pick<Source, 'kind'>): boolean {
  return kind === 'demo' || kind === 'duckdb' || kind === 'import'
}

/** Shows the rows of the policy and no others. Rejects when the policy cannot be used too. */
export function openDatabaseUnder(policy: RowPolicy, source: Source): Promise<Database> {
  if (!takesRowPolicies(source)) throw new Error('A policy was to hold where none can.')
  const { path, label } = source
  // There are as many such databases as policies, and each process may take a gigabyte.
  return openDuckDbDatabase(path, { label, policy, limits: { children: 1 } })
}

/** A source that was looked at and found sound. Rejects as the two above do, but for what a busy machine may do to anybody. */
export async function openSoundSource(
  source: Source,
  policy: RowPolicy | undefined,
): Promise<
  | { readonly ok: true; readonly database: Database }
  | { readonly ok: false; readonly failure: SourceFailure }
> {
  try {
    const database = await (policy ? openDatabaseUnder(policy, source) : openDatabase(source))
    return { ok: true, database }
  } catch (error) {
    if (!(error instanceof ProcessEndedError)) throw error
    const message = `${source.label} was not opened in time, or the process that reads it was ended.`
    return sourceFailure(
      'source_unreachable',
      message,
      'Start again when the machine is less busy.',
    )
  }
}
