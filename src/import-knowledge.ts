/** Takes a file of knowledge into the store: every entry is tried on the data before any is written. */
import type { AppStore, Scope } from '../data/store/app-store.js'
import { normaliseQuestion } from '../data/store/normalise-question.js'
import { termFailure } from './check-term.js'
import type { HandbookSources } from './create-handbook.js'
import { mostPairs } from './create-notebook.js'
import { resolveTarget, unknownTarget } from './describe-target.js'
import type { HandbookFailure, Told } from './handbook.js'
import type { ImportCounts } from './import-counts.js'
import { firstOf, type KnowledgeFile, knowledgeLimits, maxProblems } from './knowledge-file.js'

export async function importKnowledge(
  sources: HandbookSources,
  scope: Scope,
  file: KnowledgeFile,
): Promise<Told<ImportCounts>> {
  const { handbook } = sources.conversations.store
  const problems = await problemsOf(sources, scope, file)
  if (problems.length > 0) {
    const message = 'Nothing was taken in: the file does not fit this data.'
    return { ok: false, failure: { code: 'invalid', message, hints: problems } }
  }
  const changedBy = scope.owner
  const catalog = await sources.catalog()
  await handbook.importAll(scope, {
    descriptions: file.descriptions.flatMap(({ text, ...asked }) => {
      const target = resolveTarget(catalog, asked)
      return target ? [{ ...target, text, changedBy }] : []
    }),
    documents: file.docs.map((document) => ({ ...document, changedBy })),
    terms: file.terms.map((term) => ({ ...term, changedBy })),
    pairs: file.sql_pairs,
  })
  const entry = {
    descriptions: file.descriptions.length,
    docs: file.docs.length,
    terms: file.terms.length,
    sqlPairs: file.sql_pairs.length,
  }
  return { ok: true, entry }
}

/** The first few, each with its place in the file. */
async function problemsOf(
  { conversations, catalog: read, database }: HandbookSources,
  scope: Scope,
  file: KnowledgeFile,
): Promise<readonly string[]> {
  const catalog = await read()
  const { dataset } = scope
  const { handbook } = conversations.store
  const problems = [
    ...(await tooManyPairs(conversations.store, scope, file.sql_pairs)),
    ...tooMany(file.docs, await handbook.documents(dataset), ({ title }) => title, 'docs'),
    ...tooMany(
      file.terms,
      await handbook.terms(dataset),
      ({ term }) => term.toLowerCase(),
      'terms',
    ),
  ]
  const note = (place: string, failure: HandbookFailure | undefined) => {
    if (failure) problems.push(`${place}: ${failure.message}`)
  }
  for (const [at, asked] of file.descriptions.entries()) {
    if (!resolveTarget(catalog, asked)) note(`descriptions.${at}`, unknownTarget(asked))
  }
  for (const [at, term] of file.terms.entries()) {
    if (problems.length > maxProblems) break
    note(`terms.${at}`, await termFailure(term, catalog, database))
  }
  for (const [at, { sql }] of file.sql_pairs.entries()) {
    if (problems.length > maxProblems) break
    note(`sql_pairs.${at}`, await database.explain(sql))
  }
  return firstOf(problems)
}

function tooMany<Entry>(
  given: readonly Entry[],
  kept: readonly NoInfer<Entry>[],
  keyOf: (entry: Entry) => string,
  what: 'docs' | 'terms',
): readonly string[] {
  const count = new Set([...given, ...kept].map(keyOf)).size
  const most = knowledgeLimits[what]
  return count <= most ? [] : [tooManyOf(what, most)]
}

function tooManyOf(what: string, most: number): string {
  return `${what}: together these are more than ${most}`
}

/** The caller's and the shared ones have a place each; a pair of an equal question takes no room. */
async function tooManyPairs(
  store: AppStore,
  scope: Scope,
  given: KnowledgeFile['sql_pairs'],
): Promise<readonly string[]> {
  const kept = await store.approvedPairs(scope, knowledgeLimits.pairs)
  const count = (isShared: boolean) => {
    const inPlace = [...kept, ...given].filter(
      ({ shared }) => (shared || scope.owner === '') === isShared,
    )
    return new Set(inPlace.map(({ question }) => normaliseQuestion(question))).size
  }
  return Math.max(count(true), count(false)) > mostPairs ? [tooManyOf('sql_pairs', mostPairs)] : []
}
