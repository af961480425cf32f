/** A short text that changes when tables or their files do, from what the server knows without a look at the rows. */
import { createHash } from 'node:crypto'
import type { AnalyzeRequest, AnalyzeResponse } from './connect-service.js'
import { isLostConnection } from './engine-failure.js'
import { type ReadRows, readTableNames } from './introspect-schema.js'
import { planOf } from './plan-of.js'
import { quoteSparkName } from './quote-spark-name.js'

const versionLength = 16
/** Tables whose files are named in one call. */
const tablesPerCall = 100

export interface VersionReader {
  readonly read: ReadRows
  readonly analyze: (request: AnalyzeRequest) => Promise<AnalyzeResponse>
}

/**
 * Two calls for a hundred tables, in a session that has listed no files yet. What Spark writes has a new name, and what
 * others write over a file of the same name mostly another size. What it cannot see: a file that was replaced by one as
 * large, to a thousandth, and the rows behind tables that have no files.
 */
export async function readVersion({ read, analyze }: VersionReader): Promise<string> {
  const hash = createHash('sha256')
  const shapes = await read("SHOW TABLE EXTENDED LIKE '*'")
  for (const [, name, , information] of shapes) {
    hash.update(`${name}\n${String(information).replace(/^Last Access:.*$/m, '')}\n`)
  }
  const names = await readTableNames(read)
  for (let start = 0; start < names.length; start += tablesPerCall) {
    const group = names.slice(start, start + tablesPerCall)
    hash.update((await filesOf(analyze, group)).join('\n'))
    hash.update((await sizesOf(analyze, group)).join('\n'))
  }
  return hash.digest('hex').slice(0, versionLength)
}

/** Sorted; of views those of the tables below them. One that cannot be read, such as a view over what is gone, has none. */
export function filesOf(
  analyze: VersionReader['analyze'],
  tables: readonly string[],
): Promise<readonly string[]> {
  return ofReadable(tables, async (plan) => {
    const told = await analyze({ input_files: { plan } })
    return [...(told.input_files?.files ?? [])].sort()
  })
}

/** As Spark rounds them, in the order of the tables. */
function sizesOf(
  analyze: VersionReader['analyze'],
  tables: readonly string[],
): Promise<readonly string[]> {
  return ofReadable(tables, async (plan) => {
    const told = await analyze({ explain: { plan, explain_mode: 'EXPLAIN_MODE_COST' } })
    return told.explain?.explain_string.match(/sizeInBytes=[^,)]+/g) ?? []
  })
}

type Plan = ReturnType<typeof planOf>

/** All in one question, and where that fails in halves. */
async function ofReadable(
  tables: readonly string[],
  ask: (plan: Plan) => Promise<readonly string[]>,
): Promise<readonly string[]> {
  if (tables.length === 0) return []
  const selects = tables.map((name) => `SELECT 1 FROM ${quoteSparkName(name)}`)
  try {
    return await ask(planOf(selects.join(' UNION ALL ')))
  } catch (error) {
    if (isLostConnection(error)) throw error
    if (tables.length === 1) return []
    const middle = Math.ceil(tables.length / 2)
    const halves = [tables.slice(0, middle), tables.slice(middle)]
    return (await Promise.all(halves.map((half) => ofReadable(half, ask)))).flat()
  }
}
