/** The part of an answer that the evaluation looks at; every door's answer fits it. */
import type { Value } from '../catalog.js'
import type { Retrieved } from './retrieval-ranks.js'

export interface EvaluatedAnswer {
  readonly ok: boolean
  readonly kind?: 'data' | 'text' | 'clarification'
  readonly conversationId: string
  readonly intent: string
  readonly sql?: string
  readonly rows?: readonly (readonly Value[])[]
  readonly truncated?: boolean
  readonly text?: string
  readonly explanation?: readonly string[]
  readonly generator?: string
  /** What retrieval found, where it was asked. */
  readonly retrieved?: Retrieved
  /** Texts that a model wrote. */
  readonly samples?: number
  /** How far the product itself trusts the answer, 0 to 1, and what it goes by. */
  readonly confidence?: {
    readonly score: number
    readonly signals: readonly { readonly name: string; readonly value: number }[]
  }
  readonly error?: { readonly code: string; readonly message: string }
  readonly provenance?: {
    readonly attempts: readonly {
      readonly sql: string
      readonly failure?: { readonly code: string }
    }[]
  }
}

/** Failures that say no to the question itself; every other failure is a fault. */
const REFUSAL_CODES: readonly string[] = ['not_understood', 'unsafe_request', 'sql_refused']

/** Texts of these intents give no data; a catalog text is an answer, so it is not among them. */
const REFUSING_INTENTS: readonly string[] = ['unsafe', 'unclear', 'chit_chat']

/**
 * An answer refuses when it fails with a code that says no to the question, or when it is a plain text
 * given because the question was unsafe, unclear, or small talk ("I answer questions about this data").
 * Timeouts, missing models and SQL that does not run are faults, not refusals.
 */
export function isRefusal(answer: EvaluatedAnswer): boolean {
  if (!answer.ok) return REFUSAL_CODES.includes(answer.error?.code ?? '')
  return answer.kind === 'text' && REFUSING_INTENTS.includes(answer.intent)
}

/** True when every one of `parts` occurs in what the user reads: text, explanation or cells; case is ignored. */
export function mentions(answer: EvaluatedAnswer, parts: readonly string[]): boolean {
  const cells = (answer.rows ?? []).flat().map(String)
  const said = [answer.text ?? '', ...(answer.explanation ?? []), ...cells].join('\n').toLowerCase()
  return parts.every((part) => said.includes(part.toLowerCase()))
}
