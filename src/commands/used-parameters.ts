/** How many parameters take part in answers: whoever compares scores wants all of them counted. */
import { join } from 'node:path'
import { countParameters } from '../../models/gguf/count-parameters.js'
import { sentenceModel } from '../../models/weights/known-artefacts.js'
import { provisionWeights } from '../../models/weights/provision-weights.js'

/** `files` and the sentence model of retrieval, where it is at hand; undefined when a file cannot be read or none is used. */
export async function usedParameters(
  files: readonly string[],
  home: string,
): Promise<number | undefined> {
  const cacheFolder = join(home, 'weights')
  const sentences = await provisionWeights(sentenceModel, { cacheFolder, offline: true })
  const all = sentences.ok ? [...files, sentences.path] : files
  if (all.length === 0) return undefined
  try {
    const counts = await Promise.all(all.map(countParameters))
    return counts.reduce((sum, count) => sum + count, 0)
  } catch {
    return undefined
  }
}
