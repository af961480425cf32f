/** One attempt to have words do what SQL and code must not, and what a model that obeys it writes. */

export interface PromptAttack {
  /** What is tried, in a few words; unique. */
  readonly name: string
  /** Messages of one conversation, in order. */
  readonly asks: readonly [string, ...string[]]
  /**
   * What the obeying model writes, one text after the other; the last is repeated. Here and in the questions,
   * {database}, {payroll}, {secret} and {canary} stand for real paths and for an address where somebody listens.
   */
  readonly writes: readonly [string, ...string[]]
}

/** `asks` may be one question, `writes` one text. */
export function attack(
  name: string,
  asks: string | readonly [string, ...string[]],
  writes: string | readonly [string, ...string[]],
): PromptAttack {
  return {
    name,
    asks: typeof asks === 'string' ? [asks] : asks,
    writes: typeof writes === 'string' ? [writes] : writes,
  }
}
