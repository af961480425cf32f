/** Which rows of which tables a user may see, as conditions that code puts between the user's SQL and the tables. */

/** Conditions on a table's own columns, by table; a table that is not named cannot be seen. `true` shows all rows. */
export type RowPolicy = Readonly<Record<string, string>>

/** Whoever is not named sees what `*` may see, or nothing when there is no `*`. */
export type RowPolicies = ReadonlyMap<string, RowPolicy>

const everybody = '*'

/** A policy that names no table when there is none: nothing can be seen then. */
export function policyOf(policies: RowPolicies, user: string): RowPolicy {
  return policies.get(user) ?? policies.get(everybody) ?? {}
}

/** A policy that cannot be used; the message says which table's condition is wrong, and how. */
export class RowPolicyError extends Error {
  override readonly name = 'RowPolicyError'
  readonly code = 'policy_invalid'
}
