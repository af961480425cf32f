/** Writes SQL by rules: entities → join-free SELECT → completed SELECT. No model; the same question gives the same SQL. */
import { completeJoinFree } from '../../data/join-free/complete-join-free.js'
import type { Entities } from '../entities/entities.js'
import type { Evidence, Generation, GenerationRequest, SqlGenerator } from '../sql-generator.js'
import { buildQuery } from './rules/build-query.js'

export function createRulesGenerator(): SqlGenerator {
  return {
    name: 'rules',
    status: () => ({
      name: 'rules',
      ready: true,
      note: 'Reads questions by rules over the catalog; needs no model.',
    }),
    generate: async (request) => generate(request),
    close: async () => {},
  }
}

function generate({ entities, catalog, context, failure }: GenerationRequest): Generation {
  if (failure)
    return notUnderstood('The rules have only one reading of this question, and it failed.')
  if (entities.unknownWords.length > 0) {
    const words = entities.unknownWords.map((word) => `“${word}”`).join(', ')
    return notUnderstood(`Nothing in this data is called ${words}.`)
  }
  const built = buildQuery(entities, catalog)
  if (!built.ok) return notUnderstood(built.reason)
  const completed = completeJoinFree(built.joinFree, catalog, { rankedTables: context.tables })
  if (!completed.ok) return notUnderstood(completed.message, completed.hints)
  return {
    ok: true,
    sql: completed.sql,
    generator: 'rules',
    candidates: [completed.sql],
    evidence: evidenceFor(entities),
    reason: 'Every word of the question was found in the catalog or in the grammar of questions.',
  }
}

function notUnderstood(message: string, hints: readonly string[] = []): Generation {
  return { ok: false, generator: 'rules', code: 'not_understood', message, hints }
}

function evidenceFor(entities: Entities): readonly Evidence[] {
  const toss = entities.ambiguities.length
  return [
    {
      name: 'words explained',
      value: 1,
      note: 'Every content word names a table, column, value or operation.',
    },
    {
      name: 'single reading',
      value: toss === 0 ? 1 : 1 / (1 + toss),
      note: toss === 0 ? 'Each name fits one column.' : 'A name fits several columns equally well.',
    },
  ]
}
