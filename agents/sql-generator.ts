/** The port to whatever writes SQL for a question. */
import type { Catalog, ColumnReference } from '../data/catalog.js'
import type { QueryFailure, QueryOutcome } from '../data/database.js'
import type { ColumnSwap } from '../data/join-free/replace-columns.js'
import type { RetrievedContext, ValueLink } from '../rag/knowledge.js'
import type { Clarification, Intent } from './answer.js'
import type { Entities } from './entities/entities.js'
import type { GeneratorName } from './generator-name.js'

export interface GenerationRequest {
  /** Stand-alone form of the question; of a follow-up, it may hold stored values that the user did not write. */
  readonly question: string
  /** What the user wrote: the questions that this one leans on, then this one. */
  readonly asked: readonly string[]
  readonly intent: Intent
  readonly entities: Entities
  readonly context: RetrievedContext
  readonly catalog: Catalog
  /** Where the question names stored values. */
  readonly valueLinks: readonly ValueLink[]
  /** Which column the user said that a name means, by the name in lower case. */
  readonly chosen?: Readonly<Record<string, ColumnReference>>
  /** Columns to read in the place of others; the entities have them already. */
  readonly swaps?: readonly ColumnSwap[]
  /** What would be asked back, where names of the question can be read in several ways. */
  readonly doubt?: Clarification
  /** How far, 0 to 1, a model must believe that the data holds what is asked; one that cannot tell turns it down too. */
  readonly requiredBelief?: number
  /** The last attempt and why it failed, when this is a retry. */
  readonly failure?: FailedAttempt
  /** Runs SQL for a look at its result, within `tryOutLimits`: what ends there may still be right. */
  readonly tryOut: (sql: string) => Promise<QueryOutcome>
  readonly signal?: AbortSignal
  /** When the question's time is over, in milliseconds since 1970. */
  readonly endsAt?: number
  /** Tokens written so far, and those of prompts whose answers are whole, as far as they were counted. */
  readonly onToken?: (written: number, read: number) => void
  /** Who asks, where that is known. */
  readonly user?: string
  /** Called with the place in the queue in front of a model whenever it changes: 1 is the next, 0 the one it works on. */
  readonly onPlace?: (place: number) => void
}

/** Enough to tell results apart; a query that needs longer is run once, in earnest. */
export const tryOutLimits = { maxRows: 200, timeoutMs: 3_000 } as const

export interface FailedAttempt extends QueryFailure {
  readonly sql: string
  readonly generator: GeneratorName
  /** What its model wrote before code completed it. */
  readonly written?: string
}

/** An observable reason to believe the SQL, 0 to 1. */
export interface Evidence {
  readonly name: string
  readonly value: number
  readonly note: string
}

export type Generation =
  | {
      readonly ok: true
      /** Complete SQL in the catalog's dialect. */
      readonly sql: string
      readonly generator: GeneratorName
      readonly candidates: readonly string[]
      /** Texts that a model wrote for it; absent when none was asked. */
      readonly samples?: number
      /** Which model wrote it. */
      readonly model?: string
      readonly evidence: readonly Evidence[]
      /** What the user should know of the SQL, in plain words. */
      readonly warnings?: readonly string[]
      /** Why this generator wrote it. */
      readonly reason: string
    }
  | {
      readonly ok: false
      readonly generator: GeneratorName
      /** `ambiguous` only where the request has a doubt. */
      readonly code:
        | 'not_understood'
        | 'ambiguous'
        | 'model_unavailable'
        | 'model_failed'
        | 'rate_limited'
        | 'busy'
        | 'deadline'
        | 'cancelled'
      readonly message: string
      readonly hints: readonly string[]
      /** Of what may be tried again: when. */
      readonly retryAfterSeconds?: number
    }

/** Of one generator's calls to its model. */
export interface GeneratorUsage {
  /** Calls that were answered. */
  readonly requests: number
  /** Calls that were not. */
  readonly failures: number
  readonly inputTokens: number
  readonly outputTokens: number
  /** In the currency of the prices; absent where the model has none. */
  readonly money?: number
}

export interface GeneratorStatus {
  readonly name: GeneratorName
  readonly ready: boolean
  /** One sentence: what it is, or what is missing and how to get it. */
  readonly note: string
  /** While it is being fetched or loaded; `share`, 0 to 1, where it is known how far it is. */
  readonly loading?: { readonly share?: number }
  /** Set where it is not in use, and will not be before somebody sets it up: the note says how. */
  readonly off?: true
  /** Where its model runs: in this process, in another of this machine, or elsewhere. Absent where it asks none. */
  readonly place?: 'here' | 'machine' | 'remote'
  /** Whether stored values may be told to that model, or names and types alone. */
  readonly told?: 'values' | 'schema-only'
  /** The model that it asks. */
  readonly model?: string
  /** Others that it could ask instead. */
  readonly models?: readonly string[]
  /** Since the beginning of the day, UTC. */
  readonly usage?: GeneratorUsage
  /** What may be used in a day. */
  readonly budget?: { readonly tokens?: number; readonly money?: number }
}

export interface SqlGenerator {
  readonly name: GeneratorName
  status(): GeneratorStatus
  /** Writes one SELECT, or says as a value why it cannot. */
  generate(request: GenerationRequest): Promise<Generation>
  close(): Promise<void>
}
