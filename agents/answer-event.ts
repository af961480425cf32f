/** What a streamed answer is made of, in the order it happens; HTTP sends each as one server-sent event. */
import type { Value } from '../data/catalog.js'
import type { ResultColumn } from '../data/database.js'
import type {
  Answer,
  AnswerError,
  Clarification,
  GeneratorName,
  Phase,
  TraceStep,
} from './answer.js'
import type { ChartKind, Figure } from './chart/figure.js'

export type AnswerEvent =
  | {
      readonly type: 'message_start'
      readonly id: string
      readonly conversationId: string
      readonly question: string
    }
  | {
      readonly type: 'state'
      readonly state: Phase
      readonly message: string
      /** The finished graph step, once there is one. */
      readonly step?: TraceStep
      /** 0 for the one that the model works on, 1 for the next. */
      readonly queue?: { readonly place: number }
      readonly progress?: {
        readonly done: number
        readonly unit: 'tokens' | 'rows'
        /** Tokens of the prompts that were answered, as far as they were counted. */
        readonly read?: number
      }
    }
  | { readonly type: 'clarification'; readonly clarification: Clarification }
  | {
      readonly type: 'sql'
      readonly sql: string
      readonly generator: GeneratorName
      readonly explanation: readonly string[]
    }
  | {
      readonly type: 'data'
      readonly columns: readonly ResultColumn[]
      readonly rows: readonly (readonly Value[])[]
      readonly rowCount: number
      readonly truncated: boolean
    }
  | {
      readonly type: 'chart'
      readonly kind: ChartKind
      /** Every kind that fits. */
      readonly kinds: readonly ChartKind[]
      readonly figure: Figure
    }
  | { readonly type: 'text_delta'; readonly text: string }
  | { readonly type: 'suggestions'; readonly suggestions: readonly string[] }
  | { readonly type: 'warning'; readonly message: string }
  | { readonly type: 'error'; readonly error: AnswerError }
  | { readonly type: 'message_stop'; readonly answer: Answer }
