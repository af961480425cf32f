/** Why a model elsewhere gave no answer. */

export type ModelCallCode =
  | 'key_refused'
  | 'not_found'
  | 'quota_spent'
  | 'budget_spent'
  | 'request_refused'
  | 'busy'
  | 'server_failed'
  | 'unreachable'
  | 'timed_out'
  | 'bad_answer'

/** Asking again, even something else, cannot help. */
const lasting: ReadonlySet<ModelCallCode> = new Set([
  'key_refused',
  'not_found',
  'quota_spent',
  'budget_spent',
])

/** The message is one line for people, without the key. */
export class ModelCallError extends Error {
  readonly code: ModelCallCode
  readonly isLasting: boolean

  constructor(code: ModelCallCode, message: string, options?: ErrorOptions) {
    super(message, options)
    this.name = 'ModelCallError'
    this.code = code
    this.isLasting = lasting.has(code)
  }
}
