/** One statement that is tried against a database, and what may come of it. */

/**
 * `refuse`: a failure before anything runs, at once. `bounded`: a result or a failure within the limits; what matters is
 * what stays whole. `answer`: rows.
 */
export type Expectation = 'refuse' | 'bounded' | 'answer'

export interface SqlAttack {
  readonly kind: string
  readonly sql: string
  readonly expect: Expectation
}

export function attacks(
  kind: string,
  expect: Expectation,
  statements: readonly string[],
): readonly SqlAttack[] {
  return statements.map((sql) => ({ kind, sql, expect }))
}
