/** The error of everything that cannot be set up as it was asked for. */
import type { SourceFailureCode } from '../data/sources/source.js'

export type SetUpErrorCode = SourceFailureCode | 'settings_invalid' | 'home_in_use'

/** The source or the settings cannot be used; `message` and `hints` are meant for the user. */
export class SetUpError extends Error {
  readonly code: SetUpErrorCode
  readonly hints: readonly string[]

  constructor(failure: {
    readonly code: SetUpErrorCode
    readonly message: string
    readonly hints: readonly string[]
  }) {
    super(failure.message)
    this.name = 'SetUpError'
    this.code = failure.code
    this.hints = failure.hints
  }
}
