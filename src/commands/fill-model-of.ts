/** Loads the model of this process that a generator writes with. */
import type { Models } from '../open-models.js'
import { usesLocalModel } from './parse-generator.js'

/** Gives why it is missing, where the generator has no other. */
export async function fillModelOf(generator: string, models: Models): Promise<string | undefined> {
  const { model, scratch } = models
  if (usesLocalModel(generator)) await models.fillModel()
  if (generator === 'scratch') await models.fillScratch()
  const own = { local: model, scratch }[generator]
  return own && !own.current() ? own.note() : undefined
}
