/** The questions that come with Parley. */
import { join } from 'node:path'
import { demoDatasets, demoSource, findDemo } from '../../data/demo/demo-datasets.js'
import { packageRoot } from '../../models/package-root.js'

/** The suite of the demo that opens when nothing is named. */
const usualSuite = 'demo'

/** Path of a suite's questions; undefined for a name that is none. Each demo has a suite of its name. */
export function suiteFile(suite: string): string | undefined {
  const dataset = suite === usualSuite ? demoDatasets[0] : findDemo(suite)
  return dataset && join(packageRoot, dataset.questions)
}

/** What a suite's questions are about. */
export function suiteSource(suite: string): string | undefined {
  return suite === usualSuite ? undefined : demoSource(suite)
}
