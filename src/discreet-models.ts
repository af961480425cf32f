/** Models for a door that others can reach: why one is missing is said without the folders of this machine. */
import { withoutPaths } from './discreet-text.js'
import type { Models } from './open-models.js'

export function discreetModels(models: Models): Models {
  const { model } = models
  return { ...models, model: { ...model, note: () => withoutPaths(model.note()) } }
}
