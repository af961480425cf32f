/** Picks a generator by evidence: rules when they explain every word, else the local model when it may help; says which and why. */
import type { Generation, GenerationRequest, SqlGenerator } from '../sql-generator.js'

export function createAutoGenerator(rules: SqlGenerator, local: SqlGenerator): SqlGenerator {
  return {
    name: 'auto',
    status: () => ({
      name: 'auto',
      ready: true,
      note: local.status().ready
        ? 'Rules first; the local model when rules do not reach.'
        : 'Rules only, for now: the local model is not ready.',
    }),
    generate: (request) => pick(request, rules, local),
    close: async () => {},
  }
}

/**
 * A word that names nothing in the data is no job for a model either: it would answer something else. So the model
 * is asked when all words are known but the rules cannot put them together, and after a failed attempt.
 */
async function pick(
  request: GenerationRequest,
  rules: SqlGenerator,
  local: SqlGenerator,
): Promise<Generation> {
  const byRules = await rules.generate(request)
  const worthAsking =
    request.entities.unknownWords.length === 0 && request.entities.base !== undefined
  if (byRules.ok || !worthAsking || !local.status().ready) return byRules
  const byModel = await local.generate(request)
  if (!byModel.ok) return byRules
  return {
    ...byModel,
    reason: `The rules could not write it (${byRules.message}), so the local model did.`,
  }
}
