/** What training rows are made from: questions whose SQL is known to be right on a real database. */
import type { Catalog } from '../../data/catalog.js'
import type { PromptFailure } from '../../models/prompts/sql-prompt.js'
import type { ValueLink } from '../../rag/knowledge.js'
import type { Period } from '../entities/entities.js'

export interface TrainingQuestion {
  readonly id: string
  /** The question in one or more wordings, the original first. */
  readonly wordings: readonly [string, ...string[]]
  /** Completed by code it runs, and gives the gold's result. */
  readonly joinFree: string
  /** Every table the completed SQL reads. */
  readonly tables: readonly string[]
  /** An attempt at it that went wrong on its own database, and why. */
  readonly failure?: PromptFailure
}

export interface TrainingDatabase {
  readonly name: string
  readonly catalog: Catalog
  readonly questions: readonly TrainingQuestion[]
  /** The adapter is for this very database: its names, its engine and all that it holds stay as they are. */
  readonly isServed?: boolean
  /** Where a question names stored values: the same look-up as when questions are answered. */
  linkValues(question: string): readonly ValueLink[]
  /** Times a question names, read as when questions are answered; none unless given. */
  readPeriods?(question: string): readonly Period[]
}

/** One schema text and the questions that continue from it; the trainer reads the schema once. */
export interface TrainingPack {
  readonly id: string
  readonly database: string
  readonly dialect: string
  readonly prefix: string
  readonly rows: readonly {
    readonly id: string
    readonly suffix: string
    /** Begins with the space that parts it from `SQL:`. */
    readonly target: string
  }[]
}
