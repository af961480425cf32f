/** Which rows of which tables a user may see, as conditions that code puts between the user's SQL and the tables. */
import { createHash } from 'node:crypto'

/** Conditions on a table's own columns, by table; a table that is not named cannot be seen. `true` shows all rows. */
export type RowPolicy = Readonly<Record<string, string>>

/** Whoever is not named sees what `*` may see, or nothing when there is no `*`. */
export type RowPolicies = ReadonlyMap<string, RowPolicy>

export const nothingVisible: RowPolicy = {}

const everybody = '*'
const markLength = 16

/** A policy that names no table when there is none: nothing can be seen then. */
export function policyOf(policies: RowPolicies, user: string): RowPolicy {
  return policies.get(user) ?? policies.get(everybody) ?? nothingVisible
}

/** Equal for policies that show the same by the same words, and for no others. */
export function policyMark(policy: RowPolicy): string {
  const text = JSON.stringify(Object.entries(policy).sort())
  return createHash('sha256').update(text).digest('hex').slice(0, markLength)
}

/** A policy that cannot be used; the message says which table's condition is wrong, and how. */
export class RowPolicyError extends Error {
  override readonly name = 'RowPolicyError'
  readonly code = 'policy_invalid'
}
