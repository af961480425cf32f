/** A user's handbook on the store: told is only of what the user can see. */
import { catalogTerm } from '../data/described-catalog.js'
import { termFailure } from './check-term.js'
import { describeTarget, isVisible } from './describe-target.js'
import type { Handbook, HandbookFailure } from './handbook.js'
import { importKnowledge } from './import-knowledge.js'
import { knowledgeLimits } from './knowledge-file.js'
import type { Services } from './services.js'

/** What of the services a handbook is made of. */
export interface HandbookSources extends Pick<Services, 'conversations' | 'scopeOf' | 'catalog'> {
  readonly database: Pick<Services['database'], 'explain'>
}

export function createHandbook(sources: HandbookSources, user: string | undefined): Handbook {
  const { conversations, scopeOf, catalog, database } = sources
  const { store } = conversations
  const { handbook } = store
  const scope = scopeOf(user)
  const { owner: changedBy, dataset } = scope
  /** Reads the catalog again, and brings the index after it. */
  const told = async <Entry>(entry: Entry) => {
    await catalog()
    return { ok: true as const, entry }
  }
  const visibleDescriptions = async () => {
    const shown = await catalog()
    return (await handbook.descriptions(dataset)).filter((each) => isVisible(shown, each))
  }
  const visibleTerms = async () => {
    const shown = await catalog()
    return (await handbook.terms(dataset)).filter((term) => catalogTerm(shown, term))
  }
  const removed = async (wasThere: boolean) => {
    await catalog()
    return wasThere
  }
  return {
    descriptions: visibleDescriptions,
    describe: async (asked, text) => {
      const described = await describeTarget(sources, { ...scope, asked, text })
      return described.ok ? told(described.entry) : described
    },
    documents: () => handbook.documents(dataset),
    keepDocument: async (given, id) => {
      const document = { ...given, changedBy }
      if (id !== undefined) {
        const changed = await handbook.changeDocument(dataset, id, document)
        return changed ? told(changed) : refuse(unknownEntry('document'))
      }
      const { docs } = knowledgeLimits
      const added = await handbook.addDocument(dataset, document, docs)
      return added ? told(added) : refuse(full(docs, 'documents'))
    },
    removeDocument: async (id) => removed(await handbook.removeDocument(dataset, id)),
    terms: visibleTerms,
    keepTerm: async (given, id) => {
      const failure = await termFailure(given, await catalog(), database)
      if (failure) return refuse(failure)
      const term = { ...given, changedBy }
      if (id !== undefined) {
        const changed = await handbook.changeTerm(dataset, id, term)
        return changed ? told(changed) : refuse(unknownEntry('term'))
      }
      const { terms } = knowledgeLimits
      const added = await handbook.addTerm(dataset, term, terms)
      return added ? told(added) : refuse(full(terms, 'terms'))
    },
    removeTerm: async (id) => removed(await handbook.removeTerm(dataset, id)),
    exportAll: async () => ({
      parley: 1,
      descriptions: (await visibleDescriptions()).map(({ table, column, text }) => ({
        table,
        ...(column !== undefined && { column }),
        text,
      })),
      docs: (await handbook.documents(dataset)).map(({ title, text }) => ({ title, text })),
      terms: (await visibleTerms()).map(
        ({ id: _id, changedBy: _changedBy, changedAt: _changedAt, ...term }) => term,
      ),
      sql_pairs: (await store.approvedPairs(scope, knowledgeLimits.pairs)).map(
        ({ question, sql, shared }) => ({
          question,
          sql,
          shared,
        }),
      ),
    }),
    importAll: async (file) => {
      const imported = await importKnowledge(sources, scope, file)
      return imported.ok ? told(imported.entry) : imported
    },
  }
}

function unknownEntry(what: string): HandbookFailure {
  return { code: 'unknown', message: `There is no ${what} of this id.`, hints: [] }
}

export function full(most: number, what: string): HandbookFailure {
  const message = `There are ${most} ${what} about this data, and no more are kept.`
  return { code: 'full', message, hints: ['Remove some that are not needed any more.'] }
}

function refuse(failure: HandbookFailure) {
  return { ok: false as const, failure }
}
