/** The port to what people told of one dataset, for everybody who asks about it. */
import type { Description, DescriptionTarget } from '../data/store/handbook-store.js'

export type HandbookFailureCode =
  /** There is no such table, column or entry. */
  | 'unknown'
  /** As much is kept already as may be. */
  | 'full'

export interface HandbookFailure {
  readonly code: HandbookFailureCode
  readonly message: string
  readonly hints: readonly string[]
}

export type Told<Entry> =
  | { readonly ok: true; readonly entry: Entry }
  | { readonly ok: false; readonly failure: HandbookFailure }

/** What changes something is on disk, and in the index, when it resolves; all reject with `StoreError` when the store cannot be used. */
export interface Handbook {
  /** Of what is there; by table and column. */
  descriptions(): Promise<readonly Description[]>
  /** Takes the place of an earlier description, and of the database's own comment; an empty text removes it. */
  describe(target: DescriptionTarget, text: string): Promise<Told<Description>>
}
