/** What Parley keeps cannot be read or written, in a file or in PostgreSQL; the message says why and is meant for the user. */

export type StoreErrorCode =
  /** Written by a newer Parley. */
  | 'store_newer'
  | 'store_damaged'
  /** Not one of Parley's files. */
  | 'store_foreign'
  /** The disk is full or read-only, or another program holds the file. */
  | 'store_unwritable'
  /** The PostgreSQL server that replicas share cannot be used. */
  | 'store_unreachable'

export class StoreError extends Error {
  override readonly name = 'StoreError'

  constructor(
    readonly code: StoreErrorCode,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options)
  }
}

const plainWords: Readonly<Record<string, string>> = {
  SQLITE_FULL: 'The disk is full.',
  SQLITE_READONLY: 'The disk or the file is read-only.',
  SQLITE_BUSY: 'Another program holds the file of conversations.',
  SQLITE_IOERR: 'The disk cannot be written: it is full, or it fails.',
  SQLITE_CANTOPEN: 'The file of conversations cannot be opened.',
}

/** What an error of SQLite means to a user; undefined for one that is a mistake of ours. */
export function storeErrorOf(error: unknown): StoreError | undefined {
  if (error instanceof StoreError) return error
  const code = sqliteCodeOf(error)
  if (isDamage(code)) {
    const message = 'The file of conversations is damaged.'
    return new StoreError('store_damaged', message, { cause: error })
  }
  const [known] = Object.keys(plainWords).filter((name) => code.startsWith(name))
  if (known === undefined) return undefined
  return new StoreError('store_unwritable', plainWords[known] ?? '', { cause: error })
}

export function isDamage(code: string): boolean {
  return code.startsWith('SQLITE_CORRUPT') || code === 'SQLITE_NOTADB'
}

export function sqliteCodeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : ''
}
