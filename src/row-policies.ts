/** The row policies of a service or of the library: read from their file, and tried on the data. */
import { basename } from 'node:path'
import { checkRowPolicies } from '../data/duckdb/check-row-policies.js'
import { readRowPolicies } from '../data/policies/read-row-policies.js'
import { type RowPolicies, RowPolicyError } from '../data/policies/row-policy.js'
import type { Source } from '../data/sources/source.js'
import { takesRowPolicies } from './open-database.js'
import type { HomeFailure } from './prepare-home.js'

export interface PolicyFile {
  /** Without its folder. */
  readonly name: string
  readonly policies: RowPolicies
}

export type PolicyFileOutcome =
  | { readonly ok: true; readonly file: PolicyFile }
  | { readonly ok: false; readonly failure: HomeFailure }

const formHint =
  'It holds users, the tables that each may see, and a condition for each table, such as { users: { ann: { sales: "region = 3" } } }.'

export async function readPolicyFile(path: string): Promise<PolicyFileOutcome> {
  try {
    return { ok: true, file: { name: basename(path), policies: await readRowPolicies(path) } }
  } catch (error) {
    if (!(error instanceof RowPolicyError)) throw error
    return { ok: false, failure: failureOf(error.message, formHint) }
  }
}

/** What is wrong with the policies on this data, before anybody is answered by them. */
export async function policyFailure(
  source: Source,
  { name, policies }: PolicyFile,
): Promise<HomeFailure | undefined> {
  if (!takesRowPolicies(source)) {
    return failureOf(
      'Row policies hold on DuckDB files and on imported files only.',
      source.connect !== undefined
        ? "Give each user a role of the server's own, or export the tables as Parquet files."
        : 'Export the tables as CSV or Parquet files into a folder and give the folder.',
    )
  }
  try {
    await checkRowPolicies(source.path, policies)
    return undefined
  } catch (error) {
    if (!(error instanceof RowPolicyError)) throw error
    const hint = `Mend this field of ${name}: a condition reads columns of its own table, as after WHERE.`
    return failureOf(`${name}, ${error.message}`, hint)
  }
}

function failureOf(message: string, hint: string): HomeFailure {
  return { code: 'settings_invalid', message, hints: [hint] }
}
