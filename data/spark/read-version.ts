/** A short text that changes when tables or their files do, from what the server knows without a look at the rows. */
import { createHash } from 'node:crypto'
import type { AnalyzeRequest, AnalyzeResponse } from './connect-service.js'
import { type ReadRows, readTableNames } from './introspect-schema.js'
import { quoteSparkName } from './quote-spark-name.js'
import { planOf } from './spark-session.js'

const versionLength = 16
/** Tables whose files are named in one call. */
const tablesPerCall = 100

export interface VersionReader {
  readonly read: ReadRows
  readonly analyze: (request: AnalyzeRequest) => Promise<AnalyzeResponse>
}

/**
 * Two calls for a hundred tables. Rows are never changed in a file of Spark's: what is written has a new name. What it
 * cannot see: what other programs put beside the files after Spark listed them, which no query sees either until
 * REFRESH TABLE, and the rows behind tables that have no files.
 */
export async function readVersion({ read, analyze }: VersionReader): Promise<string> {
  const hash = createHash('sha256')
  const shapes = await read("SHOW TABLE EXTENDED LIKE '*'")
  for (const [, name, , information] of shapes) {
    hash.update(`${name}\n${String(information).replace(/^Last Access:.*$/m, '')}\n`)
  }
  const names = await readTableNames(read)
  for (let start = 0; start < names.length; start += tablesPerCall) {
    const files = await filesOf(analyze, names.slice(start, start + tablesPerCall))
    hash.update(files.join('\n'))
  }
  return hash.digest('hex').slice(0, versionLength)
}

/** Sorted; of views those of the tables below them. One that cannot be read, such as a view over what is gone, has none. */
export async function filesOf(
  analyze: VersionReader['analyze'],
  tables: readonly string[],
): Promise<readonly string[]> {
  const selects = tables.map((name) => `SELECT 1 FROM ${quoteSparkName(name)}`)
  const plan = planOf(selects.join(' UNION ALL '))
  try {
    const told = await analyze({ input_files: { plan } })
    return [...(told.input_files?.files ?? [])].sort()
  } catch (error) {
    if (tables.length <= 1) return []
    const halves = [tables.slice(0, tables.length / 2), tables.slice(tables.length / 2)]
    const found = await Promise.all(halves.map((half) => filesOf(analyze, half)))
    if (error instanceof Error) return found.flat()
    throw error
  }
}
