/** Reads a file of row policies, YAML or JSON: users, their tables, and a condition for each. */
import { readFile } from 'node:fs/promises'
import { basename } from 'node:path'
import { parse } from 'yaml'
import { z } from 'zod'
import { type RowPolicies, RowPolicyError } from './row-policy.js'

const longestCondition = 2_000

/** Strict: what is misspelled would else be what nobody enforces. */
const fileShape = z.strictObject({
  users: z.record(
    z.string().min(1),
    z.record(z.string().min(1), z.string().trim().min(1).max(longestCondition)),
  ),
})

/** Rejects with a RowPolicyError when the file is missing or is no policy. */
export async function readRowPolicies(path: string): Promise<RowPolicies> {
  const name = basename(path)
  const text = await readFile(path, 'utf8').catch((error: unknown) => {
    throw new RowPolicyError(`${name} cannot be read.`, { cause: error })
  })
  const checked = fileShape.safeParse(parseText(name, text))
  if (!checked.success) {
    throw new RowPolicyError(
      `${name} is no list of row policies: ${z.prettifyError(checked.error)}`,
    )
  }
  return new Map(Object.entries(checked.data.users))
}

function parseText(name: string, text: string): unknown {
  try {
    return parse(text)
  } catch (error) {
    throw new RowPolicyError(`${name} is neither YAML nor JSON.`, { cause: error })
  }
}
