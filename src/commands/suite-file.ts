/** The questions that come with Parley. */
import { join } from 'node:path'
import { packageRoot } from '../../models/package-root.js'

const suites: Readonly<Record<string, string>> = {
  demo: 'data/demo/questions.jsonl',
}

/** Path of a suite's questions; undefined for a name that is none. */
export function suiteFile(suite: string): string | undefined {
  const file = suites[suite]
  return file === undefined ? undefined : join(packageRoot, file)
}
