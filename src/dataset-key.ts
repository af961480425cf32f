/** The name under which things are kept that belong to a source: the same at every start, and no other source's. */
import { basename } from 'node:path'
import { policyMark, type RowPolicy } from '../data/policies/row-policy.js'
import type { Source } from '../data/sources/source.js'

/** An import's file is called by its origin first and its present content second. */
const originLength = 16

/** What was kept under another policy, or under none, may tell of other rows: it is another name's. */
export function datasetKey(
  { kind, demo, path }: Pick<Source, 'kind' | 'demo' | 'path'>,
  policy?: RowPolicy,
): string {
  if (policy) return `${datasetKey({ kind, demo, path })}#${policyMark(policy)}`
  if (demo !== undefined) return `demo:${demo}`
  return kind === 'import' ? `import:${basename(path).slice(0, originLength)}` : `${kind}:${path}`
}
