/** The port to what people told of a dataset: descriptions of its tables and columns, documents, terms. It is everybody's who asks about it. */

/** What a table, or one of its columns, holds. */
export interface Description {
  readonly table: string
  /** Absent for the table itself. */
  readonly column?: string
  readonly text: string
  /** The user; empty for whoever sits at the machine. */
  readonly changedBy: string
  readonly changedAt: string
}

export type DescriptionTarget = Pick<Description, 'table' | 'column'>

/** What a method promises is on disk when it resolves. All reject with `StoreError` when the file cannot be used. */
export interface HandbookStore {
  /** Another number after every change of what is told of the dataset; 0 where nothing ever was. */
  revision(dataset: string): Promise<number>
  /** By table and column. */
  descriptions(dataset: string): Promise<readonly Description[]>
  /** Takes the place of an earlier description; an empty text removes it. */
  describe(dataset: string, description: Omit<Description, 'changedAt'>): Promise<void>
}
