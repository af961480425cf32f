/** What a user may point Parley at, once it is ready to be opened. */
import type { Database } from '../database.js'
import type { ResultLimits } from '../result-limits.js'

/** Of single queries; what is left out is as the engine has it. */
export type SourceLimits = Partial<ResultLimits & { readonly timeoutMs: number }>

export interface Source {
  /** `demo` is ours, `duckdb` and `sqlite` the user's own file as it is, `import` our copy of the user's files. */
  readonly kind: 'demo' | 'duckdb' | 'sqlite' | 'import' | 'postgres' | 'mysql' | 'spark'
  /** Which demo it is. */
  readonly demo?: string
  /**
   * A readable file with at least one table: a SQLite file when the kind says so, else a DuckDB file. Of a server its
   * address without user and password.
   */
  readonly path: string
  /** The file or folder that an import is a copy of. */
  readonly origin?: string
  /** Where the data came from, in words a user recognises. */
  readonly label: string
  /** Opens a server's database. A function, so that no log and no report carries its password. */
  readonly connect?: (limits?: SourceLimits) => Promise<Database>
}

export type SourceFailureCode =
  | 'source_missing'
  | 'source_corrupt'
  | 'source_unsupported'
  | 'source_empty'
  | 'source_locked'
  | 'source_unreachable'
  | 'source_denied'
  | 'disk_full'

export interface SourceFailure {
  readonly code: SourceFailureCode
  readonly message: string
  /** What to do about it, most likely first. */
  readonly hints: readonly string[]
}

export type SourceOutcome =
  | { readonly ok: true; readonly source: Source }
  | { readonly ok: false; readonly failure: SourceFailure }

export function sourceFailure(
  code: SourceFailureCode,
  message: string,
  ...hints: string[]
): { ok: false; failure: SourceFailure } {
  return { ok: false, failure: { code, message, hints } }
}
