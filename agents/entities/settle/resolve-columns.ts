/** Settles names on columns: the one that fits best beside the table the question is about. */
import {
  type Catalog,
  type Column,
  type ColumnReference,
  findColumn,
  findTable,
} from '../../../data/catalog.js'
import { parentsOf } from '../../../data/relationship-graph.js'
import type { Ambiguity } from '../entities.js'
import type { MentionItem } from '../items/item.js'
import { isComputed } from '../schema/computed-column.js'
import type { Candidate } from '../schema/link-schema.js'
import { displayColumn, isKeyLike } from '../schema/schema-terms.js'

/** What resolution has to know of the rest of the question. */
export interface Surroundings {
  readonly catalog: Catalog
  readonly base?: string
  /** The table whose rows are listed, counted or ranked. */
  readonly subject?: string
  /** Tables the question names outright. */
  readonly namedTables: ReadonlySet<string>
  /** Of these, the ones named by their own name or by what happened to their rows. */
  readonly spokenTables: ReadonlySet<string>
  /** Tables that must follow from a row of the column's table, so that sums do not repeat. */
  readonly needed?: readonly string[]
  /** Earlier answers to "which one did you mean?", by lower-case phrase. */
  readonly resolutions: Readonly<Record<string, ColumnReference>>
}

export interface ResolvedColumn {
  readonly column?: ColumnReference
  readonly ambiguity?: Ambiguity
}

/** What each join between the base and a column costs beside the quality of the name's match. */
const joinCost = 0.12
/** Cost of a table that a row of the base does not determine. */
const unreachableCost = 0.5
const namedTableBonus = 0.25
/** For details one join below a named table; half of it two joins below. */
const nearBonus = 0.15
/** Readings closer than this are a toss-up. */
const tossUp = 0.05

/** Picks the column a mention means; reports a toss-up between different columns instead of guessing. */
export function resolveColumn(
  mention: MentionItem,
  surroundings: Surroundings,
  accepts: (column: Column, reference: ColumnReference) => boolean = () => true,
): ResolvedColumn {
  const remembered = surroundings.resolutions[mention.phrase.toLowerCase()]
  if (remembered) return { column: remembered }
  const options = mention.candidates.flatMap((candidate) => {
    const column = columnOf(candidate, surroundings.catalog, mention.phrase)
    const found = column && findColumn(surroundings.catalog, column)
    if (!column || !found || !accepts(found, column)) return []
    const literal = candidate.weight >= 1
    return [{ column, literal, score: scoreOf(candidate, column, surroundings) }]
  })
  return choose(mention.phrase, distinct(options), surroundings.catalog)
}

/** Numbers that can be summed, averaged or compared; identifiers are not. */
export function isMeasurable(
  catalog: Catalog,
  column: Column,
  reference: ColumnReference,
): boolean {
  return isComputed(reference) || (column.kind === 'number' && !isKeyLike(catalog, reference))
}

/** Shows a table by the column that names its rows, and a foreign key by the name it points at. */
function columnOf(
  candidate: Candidate,
  catalog: Catalog,
  phrase: string,
): ColumnReference | undefined {
  if (candidate.defined) return candidate.defined
  if (candidate.computed) return candidate.computed
  const table = findTable(catalog, candidate.table)
  if (!table) return undefined
  if (candidate.kind === 'table') {
    const display = displayColumn(table)
    return display && { table: table.name, column: display.name }
  }
  const reference = { table: table.name, column: candidate.column ?? '' }
  if (/\b(ids?|keys?|codes?|numbers?)\b/i.test(phrase)) return reference
  const link = catalog.relationships.find(
    (r) =>
      r.from.table === reference.table &&
      r.from.column === reference.column &&
      // One column of a composite key points at no single row.
      r.further === undefined,
  )
  const parent = link && findTable(catalog, link.to.table)
  const display = parent && displayColumn(parent)
  return parent && display && display.name !== link.to.column
    ? { table: parent.name, column: display.name }
    : reference
}

function scoreOf(candidate: Candidate, column: ColumnReference, around: Surroundings): number {
  const named = around.namedTables.has(column.table)
    ? namedTableBonus
    : nearNamedTable(around, column.table)
  return (
    candidate.weight + named - distanceCost(around, column.table) - repeatCost(around, column.table)
  )
}

/** "quantity sold": a line's quantity is nearer to the sale than that of a return of the line. */
function nearNamedTable({ catalog, spokenTables }: Surroundings, table: string): number {
  const joins = [...parentsOf(catalog, table)].filter(([parent]) => spokenTables.has(parent))
  const nearest = Math.min(...joins.map(([, distance]) => distance))
  return Number.isFinite(nearest) ? nearBonus / nearest : 0
}

function repeatCost({ catalog, needed = [] }: Surroundings, table: string): number {
  const parents = parentsOf(catalog, table)
  return needed.filter((name) => !parents.has(name)).length * unreachableCost
}

function distanceCost({ catalog, base }: Surroundings, table: string): number {
  if (base === undefined) return 0
  const joins = parentsOf(catalog, base).get(table)
  return joins === undefined ? unreachableCost : joins * joinCost
}

interface Option {
  readonly column: ColumnReference
  /** Called by its own name: what two columns are called is asked about, what only sounds like them is not. */
  readonly literal: boolean
  readonly score: number
}

function distinct(options: readonly Option[]): readonly Option[] {
  const best = new Map<string, Option>()
  for (const option of options) {
    const key = `${option.column.table}.${option.column.column}`
    if ((best.get(key)?.score ?? Number.NEGATIVE_INFINITY) < option.score) best.set(key, option)
  }
  return [...best.values()].sort((a, b) => b.score - a.score)
}

function choose(phrase: string, options: readonly Option[], catalog: Catalog): ResolvedColumn {
  const [first] = options
  if (!first) return {}
  const near = options.filter((option) => first.score - option.score < tossUp)
  const close = near.filter(
    ({ column }) => !near.some((other) => pointsAt(column, other.column, catalog)),
  )
  const rivals = close.filter(
    ({ column, literal }) =>
      literal || !close.some((other) => isOriginOf(other.column, column, catalog)),
  )
  if (rivals.length < 2) return { column: (rivals[0] ?? first).column }
  return {
    column: (close[0] ?? first).column,
    ambiguity: { phrase, options: rivals.map((rival) => rival.column) },
  }
}

/** "customer id" is the customer's own, not that of what points at the customer. */
export function pointsAt(from: ColumnReference, to: ColumnReference, catalog: Catalog): boolean {
  return catalog.relationships.some(
    (r) =>
      r.from.table === from.table &&
      r.from.column === from.column &&
      r.to.table === to.table &&
      r.to.column === to.column,
  )
}

/** A detail of a detail repeats names: the quantity of a line comes before the quantity of its return. */
function isOriginOf(origin: ColumnReference, other: ColumnReference, catalog: Catalog): boolean {
  return (
    origin.column === other.column &&
    origin.table !== other.table &&
    parentsOf(catalog, other.table).has(origin.table)
  )
}
