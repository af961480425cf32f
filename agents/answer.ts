/** The one object every door returns for a question. */
import type { Value } from '../data/catalog.js'
import type { QueryFailureCode, ResultColumn } from '../data/database.js'
import type { ChartKind, Figure } from './chart/figure.js'
import type { ColumnReading } from './columns/column-reading.js'
import type { Entities } from './entities/entities.js'
import type { GeneratorName } from './generator-name.js'
import type { TextCell } from './text/phrase.js'

export type { GeneratorName } from './generator-name.js'

export type Intent =
  | 'metric'
  | 'comparison'
  | 'ranking'
  | 'trend'
  | 'distribution'
  | 'lookup'
  | 'listing'
  | 'catalog'
  | 'follow_up'
  | 'chit_chat'
  | 'unsafe'
  | 'unclear'

/** The stage a failure happened in; the same words as the `state` events. */
export type Phase =
  | 'understanding'
  | 'searching'
  | 'planning'
  | 'generating'
  | 'correcting'
  | 'executing'
  | 'charting'

/** One step of the graph as the dashboard, the logs and the tests read it. */
export interface TraceStep {
  readonly node: string
  readonly phase: Phase
  readonly elapsedMs: number
  /** One plain sentence on what the step found. */
  readonly summary: string
  readonly details?: Readonly<Record<string, unknown>>
}

export interface Choice {
  readonly label: string
  /** What to send as the next message to take this choice. */
  readonly value: string
}

export interface Clarification {
  readonly question: string
  readonly choices: readonly Choice[]
}

export interface Confidence {
  /** 0 to 1, computed from the signals. */
  readonly score: number
  readonly signals: readonly {
    readonly name: string
    readonly value: number
    readonly note: string
  }[]
}

export interface Attempt {
  readonly sql: string
  readonly generator: GeneratorName
  readonly failure?: { readonly code: string; readonly message: string }
}

export interface Provenance {
  /** Same fingerprint, same question: same SQL. */
  readonly fingerprint: string
  readonly dataVersion: string
  /** What wrote it, where that was a model: the fingerprint of a local one, the name of one elsewhere. */
  readonly model?: string
  readonly documents: readonly {
    readonly id: string
    readonly distance?: number
    readonly score: number
  }[]
  readonly valueLinks: readonly {
    readonly phrase: string
    readonly column: string
    readonly value: string
  }[]
  /** The pair that was used, when the SQL is an approved one. */
  readonly approvedPair?: {
    readonly id: string
    readonly approvedBy: string
    readonly approvedAt: string
  }
  readonly attempts: readonly Attempt[]
  /** Why this generator was used. */
  readonly reason: string
}

interface AnswerBase {
  readonly id: string
  readonly conversationId: string
  readonly question: string
  /** The stand-alone form of a follow-up. */
  readonly rewrittenQuestion?: string
  readonly intent: Intent
  readonly suggestions: readonly string[]
  readonly warnings: readonly string[]
  readonly trace: readonly TraceStep[]
  /** Milliseconds by node name, and `total`. */
  readonly timings: Readonly<Record<string, number>>
}

export interface AnsweredQuestion extends AnswerBase {
  readonly ok: true
  /** `text` answers (greetings, catalog questions) have no SQL; `clarification` waits for a choice. */
  readonly kind: 'data' | 'text' | 'clarification'
  readonly entities?: Entities
  readonly sql?: string
  readonly dialect?: string
  readonly columns: readonly ResultColumn[]
  readonly rows: readonly (readonly Value[])[]
  readonly rowCount: number
  readonly truncated: boolean
  readonly figure?: Figure
  readonly chartKind?: ChartKind
  /** Every kind that fits the result, `chartKind` among them; none where there are no rows. */
  readonly chartKinds: readonly ChartKind[]
  readonly text: string
  /** Where `text` tells a cell of `rows`, in the order of the text; none overlap. */
  readonly textCells: readonly TextCell[]
  readonly explanation: readonly string[]
  /** The columns that the SQL reads where others might have been meant. */
  readonly columnReadings?: readonly ColumnReading[]
  readonly confidence?: Confidence
  readonly clarification?: Clarification
  readonly generator?: GeneratorName
  readonly provenance?: Provenance
}

export interface FailedQuestion extends AnswerBase {
  readonly ok: false
  readonly error: AnswerError
  readonly sql?: string
  readonly provenance?: Provenance
}

/** Why a question can be left without an answer. */
export type AnswerErrorCode =
  | QueryFailureCode
  | 'empty_question'
  | 'question_too_long'
  | 'unsafe_request'
  | 'not_understood'
  | 'model_unavailable'
  | 'model_failed'
  | 'rate_limited'
  | 'busy'
  | 'deadline'
  | 'internal'

export interface AnswerError {
  readonly code: AnswerErrorCode
  readonly phase: Phase
  readonly message: string
  readonly hints: readonly string[]
  /** Of what may be tried again: when. */
  readonly retryAfterSeconds?: number
}

export type Answer = AnsweredQuestion | FailedQuestion

/** What an answer says of its own making and of its result's form, without rows: what can be told of it later. */
export interface AnswerMaking
  extends Pick<AnswerBase, 'intent' | 'suggestions' | 'warnings' | 'trace' | 'timings'>,
    Partial<
      Pick<
        AnsweredQuestion,
        | 'columns'
        | 'chartKinds'
        | 'explanation'
        | 'columnReadings'
        | 'confidence'
        | 'provenance'
        | 'clarification'
      >
    >,
    Partial<Pick<AnswerError, 'phase' | 'hints'>> {}
