/** A question of a public text-to-SQL set. */
export interface SetQuestion {
  readonly id: string
  readonly database: string
  /** The original wording first. */
  readonly wordings: readonly [string, ...string[]]
  /** Gold SQL in SQLite's dialect. */
  readonly sql: string
}
