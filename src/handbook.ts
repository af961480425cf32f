/** The port to what people told of one dataset, for everybody who asks about it. */
import type { QueryFailure } from '../data/database.js'
import type {
  Description,
  DescriptionTarget,
  HandbookDocument,
  NewDocument,
  NewTerm,
  Term,
} from '../data/store/handbook-store.js'
import type { ImportCounts } from './import-counts.js'
import type { KnowledgeFile } from './knowledge-file.js'

export type HandbookFailureCode =
  /** There is no such table, column or entry. */
  | 'unknown'
  /** As much is kept already as may be. */
  | 'full'
  /** What it says cannot be used. */
  | 'invalid'

export interface HandbookFailure {
  readonly code: HandbookFailureCode | QueryFailure['code']
  readonly message: string
  readonly hints: readonly string[]
}

export type Told<Entry> =
  | { readonly ok: true; readonly entry: Entry }
  | { readonly ok: false; readonly failure: HandbookFailure }

export type GivenDocument = Omit<NewDocument, 'changedBy'>
export type GivenTerm = Omit<NewTerm, 'changedBy'>

/** What changes something is on disk, and in the index, when it resolves; all reject with `StoreError` when the store cannot be used. */
export interface Handbook {
  /** Of what is there; by table and column. */
  descriptions(): Promise<readonly Description[]>
  /** Takes the place of an earlier description, and of the database's own comment; an empty text removes it. */
  describe(target: DescriptionTarget, text: string): Promise<Told<Description>>
  documents(): Promise<readonly HandbookDocument[]>
  /** With an id, in the place of that document. */
  keepDocument(document: GivenDocument, id?: string): Promise<Told<HandbookDocument>>
  /** False when there is no such document. */
  removeDocument(id: string): Promise<boolean>
  /** Of what is there. */
  terms(): Promise<readonly Term[]>
  /** Guards and binds what it stands for. Takes the place of an equal term; with an id, of that one too. */
  keepTerm(term: GivenTerm, id?: string): Promise<Told<Term>>
  /** False when there is no such term. */
  removeTerm(id: string): Promise<boolean>
  /** Everything that was told, and the approved pairs that the user may see. */
  exportAll(): Promise<KnowledgeFile>
  /** All of it or nothing: what is equal takes the place of what is there. The failure's hints tell what is wrong. */
  importAll(file: KnowledgeFile): Promise<Told<ImportCounts>>
}
