/** Settles listings: which columns are shown when nothing is aggregated, and in what order results come. */
import { type ColumnReference, findColumn, findTable } from '../../../data/catalog.js'
import type { Draft } from '../draft.js'
import type { Dimension, Measure, Order } from '../entities.js'
import type { MentionItem } from '../items/item.js'
import { displayColumn, identifierStems, keyColumn } from '../schema/schema-terms.js'
import { resolveColumn, type Surroundings } from './resolve-columns.js'
import { columnOfConcept } from './resolve-concept.js'

/** Rows shown for "top stores" when no number is given. */
const usualTop = 10
/** Columns shown for a table asked for as a whole. */
const widestListing = 12

/** The columns named, else the one that names the rows, else all of a small table. */
export function resolveListed(draft: Draft, around: Surroundings): readonly ColumnReference[] {
  const named = draft.listed.flatMap(
    (mention) => resolveColumn(ofSubject(mention, around), around).column ?? [],
  )
  const table = around.base === undefined ? undefined : findTable(around.catalog, around.base)
  if (!table) return named
  const asked =
    draft.asked && columnOfConcept(draft.asked, around, ['number', 'date', 'timestamp', 'text'])
  if (asked && named.length === 0) return [asked]
  if (draft.when) {
    const date = table.columns.find(
      (column) => column.kind === 'date' || column.kind === 'timestamp',
    )
    if (named.length === 0 && date) return [{ table: table.name, column: date.name }]
  }
  if (named.length > 0) return wantsLabel(draft) ? withLabel(named, around) : named
  const all = table.columns.map((column) => ({ table: table.name, column: column.name }))
  if (draft.whole) return all
  const display = displayColumn(table)
  const shownByName = display && display.name !== keyColumn(table)?.name
  if (shownByName) return [{ table: table.name, column: display.name }]
  return all.slice(0, widestListing)
}

/** "the date and amount of payments": of columns that several tables have, the subject's own. */
function ofSubject(mention: MentionItem, { subject }: Surroundings): MentionItem {
  const best = mention.candidates[0]?.weight ?? 0
  const own = mention.candidates.filter(
    ({ kind, table, weight }) => kind === 'column' && table === subject && weight > best - 0.3,
  )
  return own.length > 0 && mention.owner === undefined ? { ...mention, candidates: own } : mention
}

/** "stores with their size" lists whose size it is; "the size of store 5" does not. */
function wantsLabel(draft: Draft): boolean {
  const first = draft.listed[0]
  const subjectFirst =
    draft.subject !== undefined && first !== undefined && draft.subject.from < first.from
  return subjectFirst
}

/** A text tells rows apart well enough to do without their key. */
function isText(column: ColumnReference, { catalog }: Surroundings): boolean {
  return findColumn(catalog, column)?.kind === 'text'
}

function withLabel(columns: readonly ColumnReference[], around: Surroundings) {
  const table = around.base === undefined ? undefined : findTable(around.catalog, around.base)
  const display = table && displayColumn(table)
  if (
    !table ||
    !display ||
    (display.name === keyColumn(table)?.name && columns.some((c) => isText(c, around))) ||
    columns.some((c) => c.table === table.name && c.column === display.name)
  ) {
    return columns
  }
  return [{ table: table.name, column: display.name }, ...columns]
}

/** The column a listing is ranked by: named ("by list price") or meant by an adjective ("largest"). */
export function rankingColumn(
  draft: Draft,
  measures: readonly Measure[],
  around: Surroundings,
): ColumnReference | undefined {
  const drafted = draft.measures[0]
  const column = measures[0]?.column
  const own = !drafted?.mention?.money || column?.table === around.base
  if (column && drafted?.aggregate === undefined && own) return column
  return draft.rank?.concept && columnOfConcept(draft.rank.concept, around)
}

export function resolveOrder(
  draft: Draft,
  around: Surroundings,
  measures: readonly Measure[],
  dimensions: readonly Dimension[],
): Order | undefined {
  if (draft.order) return explicitOrder(draft, around, measures, dimensions)
  if (draft.rank && (dimensions.length > 0 || measures.length === 0)) {
    return { by: 'measure', direction: draft.rank.direction }
  }
  if (dimensions.some((dimension) => dimension.grain)) return { by: 'dimension', direction: 'asc' }
  if (dimensions.length > 0 && measures.length > 0) return { by: 'measure', direction: 'desc' }
  return undefined
}

function explicitOrder(
  draft: Draft,
  around: Surroundings,
  measures: readonly Measure[],
  dimensions: readonly Dimension[],
): Order {
  const { mention, direction, concept } = draft.order ?? {}
  const column = mention
    ? resolveColumn(mention, around).column
    : concept && columnOfConcept(concept, around)
  const isMeasure =
    mention?.money ||
    measures.some(
      (m) => m.column?.column === column?.column && m.column?.table === column?.table,
    ) ||
    (mention?.candidates[0]?.kind === 'table' &&
      measures.some((m) => m.table === mention.candidates[0]?.table))
  const fallback = mention === undefined && measures.length > 0 && direction === 'desc'
  if (measures.length > 0 && (isMeasure || fallback)) {
    return { by: 'measure', direction: direction ?? 'desc' }
  }
  if (dimensions.length > 0) return { by: 'dimension', direction: direction ?? 'asc' }
  return { by: 'dimension', direction: direction ?? 'asc', column }
}

/** The number asked for; one for a singular ("which store"), ten for a plural ("top stores"). */
export function resolveLimit(draft: Draft, ranked: readonly string[]): number | undefined {
  if (draft.limit !== undefined) return draft.limit
  if (!draft.rank || draft.rank.unlimited) return undefined
  return ranked.some(isPlural) ? usualTop : 1
}

function isPlural(phrase: string): boolean {
  const last = phrase.split(' ').at(-1)?.toLowerCase() ?? ''
  return /[^su]s$/.test(last) && identifierStems(last).join('') !== last
}

/** The one table that has all of several columns named by their own names. */
function tableOfAll(listed: readonly MentionItem[]): string | undefined {
  const [first, ...others] = listed.map(
    ({ candidates }) =>
      new Set(
        candidates.flatMap((c) => (c.kind === 'column' && c.weight >= 0.75 ? [c.table] : [])),
      ),
  )
  const tables = [...(first ?? [])].filter((table) => others.every((other) => other.has(table)))
  return others.length > 0 && tables.length === 1 ? tables[0] : undefined
}

/** The table a listing without a subject is about: that of the first column named. */
export function tableOfListed(draft: Draft, around: Surroundings): string | undefined {
  const whole = tableOfAll(draft.listed)
  if (whole !== undefined) return whole
  for (const mention of [...draft.listed, ...draft.presences] as readonly MentionItem[]) {
    const { column } = resolveColumn(mention, around)
    if (column) return column.table
  }
  const [part] = draft.parts
  if (part && draft.values.length === 0) return part.columns[0]?.table
  const [value] = draft.values
  const remembered = value && around.resolutions[value.phrase.toLowerCase()]
  const tables = new Set(value?.links.map((link) => link.column.table))
  return remembered?.table ?? (tables.size === 1 ? [...tables][0] : undefined)
}
