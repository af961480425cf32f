/** The table a question is about: named, meant by "who", or the one that has what is asked for. */
import type { Catalog } from '../../../data/catalog.js'
import { childrenOf, parentsOf } from '../../../data/relationship-graph.js'
import type { Draft } from '../draft.js'
import type { MentionItem } from '../items/item.js'
import { principalAmount } from '../schema/principal-amount.js'
import { identifierStems } from '../schema/schema-terms.js'
import { personTables } from '../words/business-words.js'
import type { Surroundings } from './resolve-columns.js'
import { columnOfConcept } from './resolve-concept.js'
import { tableOfListed } from './resolve-listing.js'

/** The table that is listed, counted or ranked; "who" stands for the table of people in reach. */
export function subjectOf(draft: Draft, catalog: Catalog): string | undefined {
  const named = draft.subject?.candidates.find((c) => c.kind === 'table')?.table
  if (named !== undefined || !draft.asksWho) return named
  const mentioned = [...draft.measures.map((m) => m.mention), ...draft.presences, ...draft.listed]
  const tables = mentioned.flatMap((mention) => mention?.candidates.map((c) => c.table) ?? [])
  const trade = principalAmount(catalog, [])?.table
  const near = [...(trade ? [trade] : []), ...tables].flatMap((table) => [
    ...parentsOf(catalog, table).keys(),
  ])
  const [table] = personTables.flatMap((word) =>
    near.filter((candidate) => identifierStems(candidate).includes(word)),
  )
  if (table !== undefined) draft.subject = personMention(table)
  return table
}

/** "Who" asks for one, so the phrase is a singular. */
function personMention(table: string): MentionItem {
  const candidates = [{ kind: 'table' as const, table, weight: 1 }]
  return { kind: 'mention', from: 0, to: 0, phrase: 'who', candidates, money: false, verb: false }
}

/**
 * The base of a question that names no table: that of what it lists or compares. A value can stand for rows below its
 * own table ("the cheapest toys", "price and cost of all toys"), where the columns asked for are.
 */
export function impliedBase(draft: Draft, around: Surroundings): string | undefined {
  const table = tableOfListed(draft, around) ?? hintedTable(draft)
  if (table === undefined) return undefined
  const concept = draft.rank?.concept ?? draft.conditions[0]?.concept ?? draft.asked
  const options = [table, ...[...childrenOf(around.catalog, table).keys()].slice(1)]
  if (concept) return options.find((base) => columnOfConcept(concept, { ...around, base })) ?? table
  if (draft.values.length === 0) return table
  const holds = (base: string) =>
    draft.listed.filter(({ candidates }) =>
      candidates.some((c) => c.kind === 'column' && c.table === base),
    ).length
  return options.reduce((best, option) => (holds(option) > holds(best) ? option : best), table)
}

/** "everything launched in 2025": only one table has that date. */
function hintedTable({ timeHints, measures, counts }: Draft): string | undefined {
  const tables = new Set(timeHints.flatMap(({ candidates }) => candidates.map((c) => c.table)))
  return tables.size === 1 && measures.length === 0 && !counts ? [...tables][0] : undefined
}
