/** One source under row policies: whoever asks is answered from a database that holds only the rows of their policy. */
import {
  policyMark,
  policyOf,
  type RowPolicies,
  type RowPolicy,
} from '../data/policies/row-policy.js'
import { createHandbook } from './create-handbook.js'
import { createNotebook } from './create-notebook.js'
import { type Datasets, ownDataset } from './datasets.js'
import { watchJudgements } from './generators/watch-judgements.js'
import { keepRecent, type RecentThings } from './keep-recent.js'
import { createKeptResults } from './kept/create-kept-results.js'
import type { KeptSources } from './kept/kept-sources.js'
import type { Orchestrator } from './orchestrator.js'
import type { Services } from './services.js'

/** What is open for the users of one policy. */
export interface PolicedData {
  readonly services: Pick<Services, 'database' | 'scopeOf' | 'conversations' | 'remotes'>
  readonly orchestrator: Orchestrator
}

export interface PolicedDatasetInput {
  readonly policies: RowPolicies
  /** Under the policy that shows nothing: answers whoever is not known, and lends the others what they share. */
  readonly nobody: PolicedData & { readonly services: Pick<Services, 'source'> }
  /** Rejects with what to tell the user. */
  readonly openUnder: (policy: RowPolicy) => Promise<PolicedData>
  /** So many policies stay open beside it. Default 8. */
  readonly mostOpen?: number
  readonly onCloseFailure: (error: unknown) => void
  /** What SQL that is kept runs by. */
  readonly running: Pick<KeptSources, 'limits' | 'exportFolder'>
}

/** Each may hold a process, a catalog and an index. */
const usualMostOpen = 8

/** Users with equal policies share one database; what is kept of them stays apart by their names. */
export function offerPolicedDataset(input: PolicedDatasetInput): Datasets {
  const { policies, nobody, openUnder, mostOpen = usualMostOpen, onCloseFailure, running } = input
  const { source } = nobody.services
  const name = source.demo ?? ownDataset
  const byMark = new Map([...policies.values()].map((policy) => [policyMark(policy), policy]))
  const recent = keepRecent<PolicedData>({
    most: mostOpen,
    open: (mark) => openUnder(byMark.get(mark) ?? {}),
    close: ({ orchestrator }) => orchestrator.close().catch(onCloseFailure),
  })
  const openFor = async (user: string): Promise<Orchestrator> => {
    const policy = policyOf(policies, user)
    if (Object.keys(policy).length === 0) return nobody.orchestrator
    const mark = policyMark(policy)
    // A policy's data that cannot be opened is said now, not in the middle of an answer.
    const scopeOf = await recent.use(mark, async ({ services }) => services.scopeOf)
    return whenWanted(recent, mark, nobody, running, scopeOf)
  }
  return {
    // Samples and subject tell of the whole data.
    list: () => [
      {
        name,
        title: source.label,
        subject: '',
        samples: [],
        isDefault: true,
        origin: source.demo === undefined ? 'given' : 'demo',
        state: 'open',
      },
    ],
    open: (asked = name, user) => {
      if (asked !== name) return undefined
      // Only the service itself asks for nobody, such as for its health.
      return user === undefined ? Promise.resolve(nobody.orchestrator) : openFor(user)
    },
    close: async () => {
      await recent.close()
      await nobody.orchestrator.close()
    },
  }
}

/** Opens the policy's data again for each thing that is asked of it, should it have been closed meanwhile. */
function whenWanted(
  recent: RecentThings<PolicedData>,
  mark: string,
  { orchestrator, services }: PolicedData,
  running: PolicedDatasetInput['running'],
  scopeOf: Services['scopeOf'],
): Orchestrator {
  const ask = <Result>(work: (own: Orchestrator) => Promise<Result>) =>
    recent.use(mark, (data) => work(data.orchestrator))
  const withData = <Result>(work: (database: Services['database']) => Promise<Result>) =>
    recent.use(mark, (data) => work(data.services.database))
  const database = {
    explain: (...asked) => withData((own) => own.explain(...asked)),
    query: (...asked) => withData((own) => own.query(...asked)),
    readAll: (...asked) => withData((own) => own.readAll(...asked)),
    version: () => withData((own) => own.version()),
    // Row policies hold on no other engine.
    dialect: 'duckdb',
  } satisfies Partial<Services['database']>
  const { conversations } = services
  const catalog = () => ask((own) => own.catalog())
  return {
    process: (question, options) => ask((own) => own.process(question, options)),
    stream: (question, options) =>
      recent.stream(mark, (data) => data.orchestrator.stream(question, options)),
    catalog,
    suggestions: () => ask((own) => own.suggestions()),
    complete: (text, limit) => ask((own) => own.complete(text, limit)),
    explainSql: (...asked) => ask((own) => own.explainSql(...asked)),
    search: (...asked) => ask((own) => own.search(...asked)),
    // They write SQL for any data.
    generators: orchestrator.generators,
    indexing: orchestrator.indexing,
    chooseModel: orchestrator.chooseModel,
    comparison: orchestrator.comparison,
    notebook: (user) =>
      watchJudgements(
        createNotebook({ conversations, scopeOf, database }, user),
        services.remotes.comparison,
      ),
    results: (user) =>
      createKeptResults({ conversations, scopeOf, database, catalog, ...running }, user),
    handbook: (user) =>
      createHandbook(
        { conversations, scopeOf, database, catalog: () => ask((own) => own.catalog()) },
        user,
      ),
    sampleRows: (table, options) => ask((own) => own.sampleRows(table, options)),
    health: () => ask((own) => own.health()),
    close: async () => {},
  }
}
