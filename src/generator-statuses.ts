/** What can be said of each generator, and of the local model how far it is while it is fetched and loaded. */
import type { GeneratorStatus, SqlGenerator } from '../agents/sql-generator.js'
import type { Services } from './services.js'

export function generatorStatuses(
  generators: Readonly<Record<string, SqlGenerator>>,
  { model, progressOf }: Pick<Services, 'model' | 'progressOf'>,
): readonly GeneratorStatus[] {
  return Object.values(generators).map((generator) => {
    const status = generator.status()
    if (status.name !== 'local' || status.ready || model.state() !== 'loading') return status
    const fetched = progressOf('model')
    return { ...status, loading: fetched ? { share: fetched.done / fetched.total } : {} }
  })
}
