/** Picks a generator by evidence: rules when they explain every word, else the local model when it may help; says which and why. */
import type { Generation, GenerationRequest, SqlGenerator } from '../sql-generator.js'

/**
 * `isTrusted`: whether the model was trained and measured for this, or chosen by the user. A base model alone writes SQL
 * that runs and answers something else (0 of its 128 answers to the demo questions were right), so a refusal serves better.
 */
export function createAutoGenerator(
  rules: SqlGenerator,
  local: SqlGenerator,
  isTrusted: () => boolean,
): SqlGenerator {
  const usable = () => local.status().ready && isTrusted()
  return {
    name: 'auto',
    status: () => ({
      name: 'auto',
      ready: true,
      note: usable()
        ? 'Rules first; the local model when rules do not reach.'
        : local.status().ready
          ? 'Rules only: the local model is a base model without a trained adapter.'
          : 'Rules only, for now: the local model is not ready.',
    }),
    generate: (request) => pick(request, rules, usable() ? local : undefined),
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
  local: SqlGenerator | undefined,
): Promise<Generation> {
  const byRules = await rules.generate(request)
  const worthAsking =
    request.entities.unknownWords.length === 0 && request.entities.base !== undefined
  if (byRules.ok || !worthAsking || !local) return byRules
  const byModel = await local.generate(request)
  if (!byModel.ok) return byRules
  return {
    ...byModel,
    reason: `The rules could not write it (${byRules.message}), so the local model did.`,
  }
}
