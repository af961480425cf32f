/** The name under which things are kept that belong to a source: the same at every start, and no other source's. */
import { basename } from 'node:path'
import type { Source } from '../data/sources/source.js'

/** An import's file is called by its origin first and its present content second. */
const originLength = 16

export function datasetKey({ kind, demo, path }: Pick<Source, 'kind' | 'demo' | 'path'>): string {
  if (demo !== undefined) return `demo:${demo}`
  return kind === 'import' ? `import:${basename(path).slice(0, originLength)}` : `${kind}:${path}`
}
