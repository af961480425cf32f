/** Finds what a question asks for that its reading leaves out: an answer to half a question is a wrong answer. */
import { type Catalog, findColumn, findTable } from '../../../data/catalog.js'
import { parentsOf } from '../../../data/relationship-graph.js'
import type { Draft } from '../draft.js'
import type { Entities } from '../entities.js'
import type { Item, MentionItem } from '../items/item.js'
import { displayColumn } from '../schema/schema-terms.js'
import { alternatives, contradictions } from './find-contradictions.js'
import { findFuture } from './find-future.js'
import { findLostFigures } from './find-lost-figures.js'
import { findTwinLinks } from './find-twin-links.js'

/** Reasons not to answer, in plain words; none when every part of the question is in the reading. */
export function findOmissions(
  items: readonly Item[],
  draft: Draft,
  entities: Entities,
  catalog: Catalog,
): readonly string[] {
  return [
    ...unusedWords(draft),
    ...missingNames(draft, entities, catalog),
    ...missingExistence(draft, entities, catalog),
    ...unclearOrder(draft, entities),
    ...boundsOnText(entities, catalog),
    ...alternatives(items, entities),
    ...contradictions(items, entities.filters),
    ...besideListing(entities, draft),
    ...findLostFigures(items, draft, entities),
    ...findTwinLinks(items, entities, catalog),
    ...repeats(entities),
    ...findFuture(items, entities, catalog),
  ]
}

/** "not" or "more than" of nothing. */
export function unusedWords({ unused }: Draft): readonly string[] {
  return unused.map((phrase) => `It is not clear what “${phrase}” is about.`)
}

/** A name that was read and then stands nowhere. */
function missingNames(draft: Draft, entities: Entities, catalog: Catalog): readonly string[] {
  const used = usedColumns(entities)
  const told = new Set(entities.measures.map(({ phrase }) => phrase))
  const named = [
    ...draft.listed,
    ...draft.dimensions.flatMap((d) => ('mention' in d ? [d.mention] : [])),
    ...draft.measures.flatMap((m) => (m.mention && !told.has(m.phrase) ? [m.mention] : [])),
    ...(draft.order?.mention ? [draft.order.mention] : []),
  ]
  const filtered = new Set(entities.filters.map((f) => `${f.column.table}.${f.column.column}`))
  const idle = draft.scopes.filter(
    (mention) =>
      !mention.candidates.some(({ table, column }) => filtered.has(`${table}.${column}`)) &&
      !entities.having.some(({ measure }) => measure.phrase === mention.phrase),
  )
  const lost = named.filter(
    (mention) => !mention.money && !isUsed(mention, entities, used, catalog),
  )
  return [...lost, ...idle].map(({ phrase }) => `It is not clear what to do with “${phrase}”.`)
}

function isUsed(
  { candidates, phrase }: MentionItem,
  entities: Entities,
  used: ReadonlySet<string>,
  catalog: Catalog,
): boolean {
  const isKeyPhrase = /\b(ids?|keys?|codes?)\b/i.test(phrase)
  return candidates.some(({ kind, table, column }) => {
    if (kind === 'column' && isKeyPhrase) return used.has(`${table}.${column}`)
    if (kind === 'column')
      return used.has(`${table}.${column}`) || leadsTo(used, table, column, catalog)
    const found = findTable(catalog, table)
    const display = found && displayColumn(found)
    return (
      used.has(`${table}.${display?.name}`) ||
      entities.measures.some((m) => m.table === table) ||
      entities.having.some((h) => h.measure.table === table) ||
      entities.base === table
    )
  })
}

/** A foreign key is shown by the name it points at. */
function leadsTo(
  used: ReadonlySet<string>,
  table: string,
  column: string | undefined,
  catalog: Catalog,
): boolean {
  const link = catalog.relationships.find((r) => r.from.table === table && r.from.column === column)
  if (!link) return false
  return [...used].some((name) => name.startsWith(`${link.to.table}.`))
}

function usedColumns(entities: Entities): ReadonlySet<string> {
  const columns = [
    ...entities.listed,
    ...entities.dimensions.map((d) => d.column),
    ...entities.measures.flatMap((m) => [m.column, m.per?.column, m.costs?.cost]),
    ...entities.having.flatMap((h) => h.measure.column),
    ...entities.filters.map((f) => f.column),
    entities.order?.column,
    entities.timeColumn,
  ]
  return new Set(columns.flatMap((c) => (c ? [`${c.table}.${c.column}`] : [])))
}

/** What must not be there is never dropped; what must be there may go without saying for what a row points at. */
function missingExistence(draft: Draft, entities: Entities, catalog: Catalog): readonly string[] {
  const told = new Set([
    ...entities.existence.map(({ phrase }) => phrase),
    ...entities.filters.map(({ phrase }) => phrase),
  ])
  const given = entities.base === undefined ? new Map() : parentsOf(catalog, entities.base)
  const missing = new Set([
    ...entities.existence.flatMap(({ exists, phrase }) => (exists ? [] : [phrase])),
    ...entities.filters.map(({ phrase }) => phrase),
  ])
  const absent = draft.absences.filter(({ phrase }) => !missing.has(phrase))
  const present = draft.presences.filter(
    ({ phrase, candidates }) =>
      !told.has(phrase) &&
      !candidates.some(({ table }) => given.has(table)) &&
      !entities.measures.some((m) => candidates.some(({ table }) => table === m.table)),
  )
  return [...absent, ...present].map(
    ({ phrase }) => `It is not clear how “${phrase}” is told in this data.`,
  )
}

/** "between 2 and 30" is no bound on a text. */
function boundsOnText({ filters }: Entities, catalog: Catalog): readonly string[] {
  return filters
    .filter(
      ({ column, comparator, values }) =>
        /^[<>]=?$/.test(comparator) &&
        typeof values[0] === 'number' &&
        findColumn(catalog, column)?.kind === 'text',
    )
    .map(({ column }) => `${column.column} is text, which no number bounds.`)
}

/** "the tallest": of what, when no height is known of it. */
function unclearOrder(draft: Draft, entities: Entities): readonly string[] {
  const { rank, order } = draft
  const unranked = rank && entities.measures.length === 0 && entities.order?.column === undefined
  const bounded = entities.having.length > 0
  const counted = entities.measures.every((m) => m.aggregate === 'count' && !m.column)
  const asked = draft.measures.length > 0 || draft.counts
  const dated = rank?.concept?.includes('date') && entities.measures.length > 0
  const amounts = draft.measures.some(
    ({ aggregate, mention }) => aggregate !== undefined && mention?.candidates[0]?.kind === 'table',
  )
  // "the customer with the latest order" is not the one with the largest.
  if (dated && (counted || amounts))
    return [`It is not clear what “${rank?.phrase}” is measured by.`]
  if (rank?.concept && counted && !asked && entities.order?.column === undefined)
    return [`It is not clear what “${rank.phrase}” is measured by.`]
  if (unranked && !bounded) return [`It is not clear what “${rank.phrase}” is measured by.`]
  const unordered =
    order?.concept && entities.measures.length === 0 && entities.order?.column === undefined
  return unordered ? ['It is not clear what to order by.'] : []
}

/** Groups, or what must and must not be there at once, that a plain listing has no place for. */
function besideListing(
  { listed, dimensions, existence }: Entities,
  draft: Draft,
): readonly string[] {
  const [group] = listed.length > 0 ? dimensions : []
  const both = existence.find(
    ({ table, exists, period }) =>
      exists && !period && existence.some((e) => !e.exists && e.table === table),
  )
  const ranked = /^(first|last)$/i.test(draft.rank?.phrase ?? '')
  const names =
    ranked && draft.dimensions.some((d) => 'mention' in d && /\bnames?\b/i.test(d.mention.phrase))
  return [
    ...(group ? [`It is not clear what to do with “${group.phrase}”.`] : []),
    ...(both ? [`Rows of ${both.table} cannot both be there and be missing.`] : []),
    ...(names ? [`It is not clear what “${draft.rank?.phrase}” is about.`] : []),
  ]
}

/** Two names settled on one column: one of them was meant for another. */
function repeats({ listed }: Entities): readonly string[] {
  const names = listed.map(({ table, column }) => `${table}.${column}`)
  const again = names.find((name, at) => names.indexOf(name) !== at)
  return again === undefined ? [] : [`Two parts of the question are both read as ${again}.`]
}
