/** The port to datasets that are added while a service runs: files that were sent to it, or servers it may ask. */
import type { Readable } from 'node:stream'
import type { DatasetStatus } from '../dataset-status.js'

export type AdditionFailureCode =
  /** The name is another dataset's, or cannot be one. */
  | 'name_invalid'
  /** Not what a dataset can be made of. */
  | 'unsupported'
  | 'too_large'
  /** As many are kept already as may be. */
  | 'full'
  /** Others are being added. */
  | 'busy'
  | 'disk_full'

export interface AdditionFailure {
  readonly code: AdditionFailureCode
  readonly message: string
  readonly hints: readonly string[]
}

/** What is wrong with an addition; meant for the user. */
export class AdditionError extends Error {
  override readonly name = 'AdditionError'

  constructor(
    readonly failure: AdditionFailure,
    options?: ErrorOptions,
  ) {
    super(failure.message, options)
  }
}

/** What the user would have it called, and who that is. */
export interface Naming {
  readonly name?: string
  readonly title?: string
  /** Empty for whoever sits at the machine. */
  readonly by: string
}

/** Files on their way; nothing stays of them unless it is finished. */
export interface Delivery {
  /** Resolves when the file is whole. Rejects with an AdditionError, or with what cut the content off. */
  take(fileName: string, content: Readable): Promise<void>
  /** Makes a dataset of what was taken and begins to open it. Rejects with an AdditionError. */
  finish(naming: Naming): Promise<DatasetStatus>
  /** Removes what was taken, unless it was finished. */
  drop(): Promise<void>
}

/** What can be added, for whoever asks before sending it. */
export interface Acceptance {
  /** Of all files of one delivery together. */
  readonly maxBytes: number
  /** Of files that make one dataset together, such as `.csv`. */
  readonly tableEndings: readonly string[]
  /** Of files that make a dataset each. */
  readonly databaseEndings: readonly string[]
  /** Of servers, such as `postgres` for `postgres://`. */
  readonly schemes: readonly string[]
}

/** What was added is there after a restart; an addition that cannot be opened leaves nothing but its status, which says why. */
export interface AddedDatasets {
  readonly accepts: Acceptance
  /** Rejects with an AdditionError. */
  receive(): Promise<Delivery>
  /** `postgres://user:password@host/database`. Rejects with an AdditionError; no error and no status tells the password. */
  connect(url: string, naming: Naming): Promise<DatasetStatus>
  /** With its files; false when no added dataset has the name. */
  remove(name: string): Promise<boolean>
}

export function additionError(
  code: AdditionFailureCode,
  message: string,
  ...hints: string[]
): AdditionError {
  return new AdditionError({ code, message, hints })
}
