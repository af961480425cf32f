/** The reader's place in a question, and what it may ask about a name it meets. */
import { type Catalog, findColumn } from '../../../data/catalog.js'
import type { Draft, DraftCondition } from '../draft.js'
import type { Aggregate, Comparator } from '../entities.js'
import type { Item, MentionItem } from '../items/item.js'
import { isCount } from '../schema/defined-column.js'
import { isKeyLike } from '../schema/schema-terms.js'

/** What the last cue makes of the names after it. */
export type Role =
  | 'none'
  | 'measure'
  | 'group'
  | 'rank'
  | 'order'
  | 'which'
  | 'list'
  | 'attribute'
  | 'absent'

export interface Reading {
  readonly draft: Draft
  readonly catalog: Catalog
  readonly items: readonly Item[]
  /** The question leans on an earlier turn. */
  readonly follows: boolean
  /** The item being read. */
  at: number
  role: Role
  /** The words of the last cue. */
  cue: string
  /** Aggregates waiting for what they are of. */
  aggregates: Aggregate[]
  distinct: boolean
  negated: boolean
  comparator?: { readonly comparator: Comparator; readonly concept?: readonly string[] }
  lastMention?: MentionItem
  /** "above the average …": the bound whose column is named next. */
  openBound?: DraftCondition
  /** How the next word is to be found in a text. */
  pattern?: 'contains' | 'starts' | 'ends'
  /** Words that must change the reading of something after them, until they have. */
  readonly open: Partial<Record<'negation' | 'comparator' | 'pattern', string>>
  /** Inside "that …" or "who …": names tell which rows are meant. */
  scoped: boolean
  /** "city with the fewest …": what is ranked stands before the ranking. */
  ranksListed: boolean
}

/** The cue of a name that says who did something: "taken by". */
export const doneBy = 'done by'

/** "customers who", "cities that": a clause that tells which rows are meant. */
export function openScope(reading: Reading): void {
  const { draft, items, at } = reading
  const about = draft.subject ?? draft.listed[0] ?? draft.measures[0]
  const joins = items
    .slice(0, at)
    .findLast(
      (item) => item.kind !== 'word' || !['in', 'at', 'on', 'for', 'of'].includes(item.word),
    )
  // "and in which countries" asks for one thing more.
  if (about !== undefined && !(joins?.kind === 'word' && joins.word === 'and'))
    reading.scoped = true
}

export function isTable(mention: MentionItem): boolean {
  return mention.candidates[0]?.kind === 'table'
}

export function isNumeric(reading: Reading, mention: MentionItem): boolean {
  return bestColumn(reading, mention, (kind, key) => kind === 'number' && !key)
}

/** A name that fits a number of the same table just as well ("target") is no date. */
export function isDateColumn(reading: Reading, mention: MentionItem): boolean {
  const [best] = mention.candidates
  const rivals = mention.candidates.filter(
    (c) => c.weight === best?.weight && c.column !== best?.column,
  )
  const number = rivals.some(({ table, column }) => {
    if (table !== best?.table || column === undefined) return false
    return findColumn(reading.catalog, { table, column })?.kind === 'number'
  })
  return !number && bestColumn(reading, mention, (kind) => kind === 'date' || kind === 'timestamp')
}

/** Whether the strongest reading of a mention is a column the test accepts. */
function bestColumn(
  { catalog }: Reading,
  mention: MentionItem,
  accepts: (kind: string, isKey: boolean) => boolean,
): boolean {
  const best = mention.candidates[0]
  if (best?.kind !== 'column' || best.column === undefined) return false
  if (best.computed || isCount(best.defined)) return accepts('number', false)
  const reference = { table: best.table, column: best.column }
  const column = findColumn(catalog, reference)
  return column !== undefined && accepts(column.kind, isKeyLike(catalog, reference))
}
