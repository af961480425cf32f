/** The port to what people told of a dataset: descriptions of its tables and columns, documents, terms. It is everybody's who asks about it. */

import type { NewPair, Scope } from './app-store.js'

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

/** A text about the data, such as a policy or how a figure is worked out. */
export interface HandbookDocument {
  readonly id: string
  readonly title: string
  readonly text: string
  readonly changedBy: string
  readonly changedAt: string
}

/** Words of the business and what they stand for. Of the three meanings it has one: a column, a value of a column, or an expression over columns of the table. */
export interface Term {
  readonly id: string
  readonly term: string
  /** Further words for the same. */
  readonly synonyms: readonly string[]
  readonly table: string
  readonly column?: string
  readonly value?: string
  /** SQL, such as `sum(net_amount)`. */
  readonly expression?: string
  readonly changedBy: string
  readonly changedAt: string
}

export type NewDocument = Omit<HandbookDocument, 'id' | 'changedAt'>
export type NewTerm = Omit<Term, 'id' | 'changedAt'>

/** Written together or not at all. */
export interface HandbookImport {
  readonly descriptions: readonly Omit<Description, 'changedAt'>[]
  readonly documents: readonly NewDocument[]
  readonly terms: readonly NewTerm[]
  readonly pairs: readonly NewPair[]
}

/** What a method promises is on disk when it resolves. All reject with `StoreError` when the file cannot be used. */
export interface HandbookStore {
  /** Another number after every change of what is told of the dataset; 0 where nothing ever was. */
  revision(dataset: string): Promise<number>
  /** By table and column. */
  descriptions(dataset: string): Promise<readonly Description[]>
  /** Takes the place of an earlier description; an empty text removes it. */
  describe(dataset: string, description: Omit<Description, 'changedAt'>): Promise<void>
  /** By title. */
  documents(dataset: string): Promise<readonly HandbookDocument[]>
  /** Undefined where there are as many as there may be. */
  addDocument(
    dataset: string,
    document: NewDocument,
    most?: number,
  ): Promise<HandbookDocument | undefined>
  /** Undefined when there is no such document. */
  changeDocument(
    dataset: string,
    id: string,
    document: NewDocument,
  ): Promise<HandbookDocument | undefined>
  /** False when there is no such document. */
  removeDocument(dataset: string, id: string): Promise<boolean>
  /** By term. */
  terms(dataset: string): Promise<readonly Term[]>
  /** Takes the place of an equal term, whatever its letter case; else undefined where there are as many as there may be. */
  addTerm(dataset: string, term: NewTerm, most?: number): Promise<Term | undefined>
  /** Undefined when there is no such term; an equal other one goes. */
  changeTerm(dataset: string, id: string, term: NewTerm): Promise<Term | undefined>
  /** False when there is no such term. */
  removeTerm(dataset: string, id: string): Promise<boolean>
  /** What is equal to something there takes its place: pairs of the owner by question, documents by title. */
  importAll(scope: Scope, given: HandbookImport): Promise<void>
}
