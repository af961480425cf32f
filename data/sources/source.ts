/** What a user may point Parley at, once it is ready to be opened. */

export interface Source {
  /** `demo` is ours, `duckdb` and `sqlite` the user's own file as it is, `import` our copy of the user's files. */
  readonly kind: 'demo' | 'duckdb' | 'sqlite' | 'import'
  /** Which demo it is. */
  readonly demo?: string
  /** A readable file with at least one table: a SQLite file when the kind says so, else a DuckDB file. */
  readonly path: string
  /** Where the data came from, in words a user recognises. */
  readonly label: string
}

export type SourceFailureCode =
  | 'source_missing'
  | 'source_corrupt'
  | 'source_unsupported'
  | 'source_empty'
  | 'source_locked'

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
