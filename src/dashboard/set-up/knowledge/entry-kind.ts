/** What documents, terms and approved pairs have in common for whoever lists and edits them. */
import type { TemplateResult } from 'lit'
import type { Catalog } from '../../../../data/catalog.js'
import type { Context } from '../../context.js'
import type { KnowledgeWords } from '../../messages/set-up/knowledge/en.js'
import type { Draft } from './draft.js'
import type { ComplainedOf } from './place-complaints.js'

export interface Entry {
  readonly id: string
  readonly title: string
  readonly draft: Draft
  /** The key of whoever wrote it; empty for whoever sits at the machine. */
  readonly by: string
  /** ISO time. */
  readonly at: string
  /** Of an approved pair that answers its owner alone. */
  readonly isOwn?: boolean
}

/** A form that is being filled in, for those who draw its fields. */
export interface DraftForm {
  /** Unlike that of any other form of the page. */
  readonly id: string
  readonly draft: Draft
  readonly isNew: boolean
  /** What the service says of a field, by its name. */
  readonly complaints: Draft
  readonly words: KnowledgeWords
  readonly catalog: Catalog
  readonly set: (name: string, value: string) => void
}

export interface EntryKind extends ComplainedOf {
  readonly name: 'documents' | 'terms' | 'pairs'
  /** Where the service keeps them. */
  readonly path: string
  /** Rejects with `RequestError`. */
  read(context: Context): Promise<readonly Entry[]>
  /** What stands below the title. */
  view(draft: Draft, words: KnowledgeWords): TemplateResult
  readonly empty: Draft
  fields(form: DraftForm): TemplateResult
  /** As the service takes it. */
  bodyOf(draft: Draft, isNew: boolean): object
}
