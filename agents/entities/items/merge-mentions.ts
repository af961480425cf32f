/** Joins neighbours that mean one thing: "customer email", "price of products", "the business segment". */
import { type Catalog, findColumn, findTable } from '../../../data/catalog.js'
import { parentsOf } from '../../../data/relationship-graph.js'
import { stem } from '../../../rag/words.js'
import type { Candidate } from '../schema/link-schema.js'
import { displayColumn, identifierStems, keyColumn } from '../schema/schema-terms.js'
import { tradeNouns } from '../words/business-words.js'
import { absorbColumnNames } from './absorb-column-names.js'
import type { Item, MentionItem } from './item.js'

/** A column named together with its table is certain. */
const certain = 1.1

export function mergeMentions(items: readonly Item[], catalog: Catalog): readonly Item[] {
  const merged: Item[] = []
  for (const read of items) {
    const item = read.kind === 'mention' ? withOwner(read, catalog) : read
    if (isUnitOf(item, merged.at(-1), catalog)) continue
    const joined = item.kind === 'mention' ? joinWithPrevious(merged, item, catalog) : undefined
    if (joined) merged.splice(merged.length - joined.replaced, joined.replaced, joined.mention)
    else merged.push(item)
  }
  return absorbColumnNames(shareOwners(merged, catalog), catalog)
}

/** "the black percentage", where a column holds it: no share to be reckoned. */
function isUnitOf(item: Item, before: Item | undefined, catalog: Catalog): boolean {
  if (item.kind !== 'cue' || item.cue.kind !== 'share' || before?.kind !== 'mention') return false
  const [best] = before.candidates
  const column = best?.column && findColumn(catalog, { table: best.table, column: best.column })
  return (
    /^(percentages?|percent|%)$/i.test(item.phrase) &&
    column !== undefined &&
    column !== '' &&
    column.kind === 'number'
  )
}

/** "first names of customers", read as one name, still says whose they are. */
function withOwner(mention: MentionItem, catalog: Catalog): MentionItem {
  const last = / (?:of|for) (?:.* )?(\S+)$/i.exec(mention.phrase)?.[1]
  if (last === undefined || mention.candidates[0]?.kind !== 'column') return mention
  const candidates = mention.candidates.filter(
    ({ kind, table }) => kind === 'column' && identifierStems(table).at(-1) === stem(last),
  )
  const owner = findTable(catalog, candidates[0]?.table ?? '')?.name
  return owner === undefined ? mention : { ...mention, candidates, owner, ownerAt: mention.to - 1 }
}

/** "first name and city of all customers": both are the customers'. */
function shareOwners(items: readonly Item[], catalog: Catalog): readonly Item[] {
  const shared = [...items]
  for (let at = items.length - 1; at > 0; at -= 1) {
    const owned = shared[at]
    if (owned?.kind !== 'mention' || owned.ownerAt === undefined) continue
    const before = nameListedBefore(shared, at)
    const name = shared[before]
    if (name?.kind !== 'mention' || name.owner !== undefined || name.money) continue
    const candidates = columnsWithin(name, owned.owner ?? '', catalog)
    if (candidates.length === 0) continue
    const { owner, ownerAt } = owned
    shared[before] = { ...name, candidates, owner, ownerAt }
  }
  return shared
}

/** Position of the name that a comma or "and" puts beside the one at `at`. */
function nameListedBefore(items: readonly Item[], at: number): number {
  let before = at - 1
  for (; before >= 0; before -= 1) {
    const item = items[before]
    const joins = item?.kind === 'word' && ['and', 'the', 'their', 'also'].includes(item.word)
    if (!joins) break
  }
  return before
}

function joinWithPrevious(items: readonly Item[], current: MentionItem, catalog: Catalog) {
  const previous = items.at(-1)
  // "sales transactions" are counted, not summed.
  if (
    previous?.kind === 'mention' &&
    previous.money &&
    tradeNouns.has(current.phrase.toLowerCase())
  ) {
    return { mention: { ...current, money: false, from: previous.from }, replaced: 1 }
  }
  // "basket size" and "order value" are what one transaction comes to.
  const oneTransaction =
    previous?.kind === 'mention' && tradeNouns.has(previous.phrase.toLowerCase())
  if (oneTransaction && /^(size|value)s?$/i.test(current.phrase)) {
    const phrase = `${previous.phrase} ${current.phrase}`
    return { mention: { ...previous, money: true, phrase, to: current.to }, replaced: 1 }
  }
  if (previous?.kind === 'mention') {
    if (current.apart) return undefined
    const compound = compoundTable(previous, current, catalog)
    if (compound) return { mention: compound, replaced: 1 }
    const mention = within(previous, current, previous, current, catalog)
    if (mention) return { mention, replaced: 1 }
    if (repeatsName(previous, current)) return { mention: previous, replaced: 1 }
    return isPartOf(previous, current) ? { mention: current, replaced: 1 } : undefined
  }
  const linkWords = trailingLinkWords(items)
  const before = items.at(-1 - linkWords)
  if (linkWords === 0 || before?.kind !== 'mention') return undefined
  const mention =
    within(current, before, before, current, catalog) ?? nameless(before, current, catalog)
  return mention && { mention, replaced: linkWords + 1 }
}

/** "zip code", "city name": a word for how something is stored adds nothing to the column just named. */
function repeatsName(first: MentionItem, last: MentionItem): boolean {
  const isColumn = first.candidates[0]?.kind === 'column' && !first.money
  return isColumn && /^(codes?|names?|numbers?|ids?|types?|dates?)$/i.test(last.phrase)
}

/** "contact channel code": a word of the table's name before one of its columns. */
function isPartOf(first: MentionItem, last: MentionItem): boolean {
  const [part] = first.candidates
  const [whole] = last.candidates
  if (part?.kind !== 'column' || part.weight >= 0.6 || whole?.column === undefined) return false
  const words = [...identifierStems(whole.table), ...identifierStems(whole.column)]
  return words.includes(stem(first.phrase.toLowerCase()))
}

/** "names of banks" where neither a bank nor what it points at has a name: no other table's names are meant. */
function nameless(
  name: MentionItem,
  owner: MentionItem,
  catalog: Catalog,
): MentionItem | undefined {
  const [best] = owner.candidates
  if (!/^(names?|titles?)$/i.test(name.phrase) || best?.kind !== 'table') return undefined
  const near = parentsOf(catalog, best.table)
  const candidates = name.candidates.filter(({ table }) => near.has(table))
  const phrase = `${name.phrase} of ${owner.phrase}`
  return candidates.length > 0 ? undefined : { ...name, candidates, to: owner.to, phrase }
}

/** "customer orders", "product categories": the last word says what is meant; "checking accounts" are a sort of account. */
function compoundTable(
  first: MentionItem,
  last: MentionItem,
  catalog: Catalog,
): MentionItem | undefined {
  const [a, b] = [first, last].map(({ candidates: [best] }) =>
    best?.kind === 'table' && best.weight >= 0.75 ? best : undefined,
  )
  if (!a || !b || a.table === b.table || first.verb || last.verb) return undefined
  const keys = (from: string, to: string) =>
    catalog.relationships.filter((r) => r.from.table === from && r.to.table === to)
  const ofFirst = keys(a.table, b.table)
  const isSort = ofFirst.some((key) => findColumn(catalog, key.from)?.unique)
  if (ofFirst.length === 0 && keys(b.table, a.table).length === 0) return undefined
  const phrase = `${first.phrase} ${last.phrase}`
  const candidates = [isSort ? a : b]
  return { ...last, from: first.from, phrase, candidates, values: undefined }
}

/** Number of closing items that read "of (the|all|our)" or "for all". */
function trailingLinkWords(items: readonly Item[]): number {
  let count = 0
  for (let at = items.length - 1; at >= 0; at -= 1) {
    const item = items[at]
    if (item?.kind !== 'word') return 0
    count += 1
    if (item.word === 'of' || item.word === 'for') return count
    if (!['the', 'all', 'our', 'their', 'each'].includes(item.word)) return 0
  }
  return 0
}

/** The column of `column` that lies in the table `owner` names, spanning both. */
function within(
  owner: MentionItem,
  column: MentionItem,
  first: MentionItem,
  last: MentionItem,
  catalog: Catalog,
): MentionItem | undefined {
  const table = owner.candidates.find((c) => c.kind === 'table' && c.weight >= 0.5)
  if (!table || column.verb) return undefined
  const columns = columnsWithin(column, table.table, catalog)
  if (columns.length === 0) return undefined
  return {
    kind: 'mention',
    from: first.from,
    to: last.to,
    phrase: `${first.phrase} ${last.phrase}`,
    candidates: columns,
    owner: table.table,
    ...(owner.from > column.from && { ownerAt: owner.from }),
    money: false,
    verb: false,
  }
}

/** The columns of one table that a name may mean; a plain "name" is whatever its rows go by. */
function columnsWithin(column: MentionItem, table: string, catalog: Catalog): readonly Candidate[] {
  const own = column.candidates.filter(
    (c) => c.kind === 'column' && c.table === table && !isEvent(column, c.column, table, catalog),
  )
  const found = findTable(catalog, table)
  const display = found && /^(names?|titles?)$/i.test(column.phrase) && displayColumn(found)
  const shown: readonly Candidate[] =
    display && found && display.name !== keyColumn(found)?.name
      ? [{ kind: 'column', table, column: display.name, weight: 1 }]
      : []
  const columns = own.length > 0 ? own : shown
  return columns.map((candidate) => ({ ...candidate, weight: candidate.weight * certain }))
}

/** "customers joined" tells what happened; "customer join date" names the column. */
function isEvent(
  mention: MentionItem,
  column: string | undefined,
  table: string,
  catalog: Catalog,
): boolean {
  const kind = findColumn(catalog, { table, column: column ?? '' })?.kind
  return (kind === 'date' || kind === 'timestamp') && !/date|day|time/i.test(mention.phrase)
}
