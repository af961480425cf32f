/** Where tests that need real weights look for them; they say so and skip when there are none. */
import { existsSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { baseModel, sentenceModel } from '../../models/weights/known-artefacts.js'

/** The folder of `PARLEY_TEST_WEIGHTS`, else where Parley keeps them unless told otherwise. */
const folder = process.env.PARLEY_TEST_WEIGHTS ?? join(homedir(), '.parley', 'weights')

export const baseModelPath = join(folder, baseModel.fileName)
export const sentenceModelPath = join(folder, sentenceModel.fileName)

export const missingBaseModel = whyMissing(baseModelPath)
export const missingSentenceModel = whyMissing(sentenceModelPath)

function whyMissing(path: string): string | undefined {
  if (existsSync(path)) return undefined
  const reason = `skipped: there is no ${path}; start Parley once, or set PARLEY_TEST_WEIGHTS`
  console.warn(reason)
  return reason
}
