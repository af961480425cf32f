/** Writes SQL by rules: entities → join-free SELECT → completed SELECT. No model; the same question gives the same SQL. */
import { completeJoinFree } from '../../data/join-free/complete-join-free.js'
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

function generate({ entities, catalog, context, doubt, failure }: GenerationRequest): Generation {
  if (failure)
    return notUnderstood('The rules have only one reading of this question, and it failed.')
  if (entities.unknownWords.length > 0) {
    const words = entities.unknownWords.map((word) => `“${word}”`).join(', ')
    return notUnderstood(`Nothing in this data is called ${words}.`)
  }
  if (doubt) return { ...notUnderstood(doubt.question), code: 'ambiguous' }
  const built = buildQuery(entities, catalog)
  if (!built.ok) return notUnderstood(built.reason)
  const completed = completeJoinFree(built.joinFree, catalog, { rankedTables: context.tables })
  if (!completed.ok) return notUnderstood(completed.message, completed.hints)
  return {
    ok: true,
    sql: completed.sql,
    generator: 'rules',
    candidates: [completed.sql],
    evidence,
    reason: 'Every word of the question was found in the catalog or in the grammar of questions.',
  }
}

function notUnderstood(message: string, hints: readonly string[] = []) {
  return { ok: false, generator: 'rules', code: 'not_understood', message, hints } as const
}

/** What holds of every answer of the rules. */
const evidence: readonly Evidence[] = [
  {
    name: 'words explained',
    value: 1,
    note: 'Every content word names a table, column, value or operation.',
  },
  { name: 'single reading', value: 1, note: 'Each name fits one column.' },
]
