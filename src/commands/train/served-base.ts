/** The base model that Parley serves; adapters are trained on exactly these weights. */
import { join } from 'node:path'
import { baseModel } from '../../../models/weights/known-artefacts.js'
import { provisionWeights } from '../../../models/weights/provision-weights.js'
import type { CommandContext } from '../command-context.js'

/** Its path; when it cannot be had, says why and gives undefined. */
export async function servedBase(context: CommandContext): Promise<string | undefined> {
  const { config, terminal, signal } = context
  if (config.modelPath !== undefined) return config.modelPath
  const weights = await provisionWeights(baseModel, {
    cacheFolder: join(config.home, 'weights'),
    offline: config.offline,
    onProgress: terminal.onWeights,
    signal,
  })
  if (weights.ok) return weights.path
  terminal.say([weights.message, ...weights.hints].join('\n'))
  return undefined
}
