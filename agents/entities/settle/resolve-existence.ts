/** Settles what must or must not be there: detail rows are looked for, a parent or a column of the base is null or not. */
import { type ColumnReference, findColumn, findTable } from '../../../data/catalog.js'
import { childrenOf, parentsOf } from '../../../data/relationship-graph.js'
import { stem } from '../../../rag/words.js'
import type { Draft } from '../draft.js'
import type { Existence, Filter } from '../entities.js'
import type { MentionItem } from '../items/item.js'
import { identifierStems } from '../schema/schema-terms.js'
import type { Surroundings } from './resolve-columns.js'

export interface ResolvedExistence {
  readonly existence: readonly Existence[]
  readonly filters: readonly Filter[]
}

/** Detail rows are looked for; a parent or a column of the base is there or is null. */
export function resolveExistence(draft: Draft, around: Surroundings): ResolvedExistence {
  const existence: Existence[] = []
  const filters: Filter[] = []
  const asked = [
    ...draft.absences.map((mention) => ({ mention, exists: false })),
    ...draft.presences.map((mention) => ({ mention, exists: true })),
  ]
  for (const { mention, exists } of asked) {
    const child = childNamed(mention, around)
    if (child) existence.push({ table: child, exists, phrase: mention.phrase })
    const column = child ? undefined : nullableColumn(mention, around)
    if (!column || (exists && !column.foreign)) continue
    const comparator = exists ? 'is not null' : 'is null'
    filters.push({ column: column.reference, comparator, values: [], phrase: mention.phrase })
  }
  return {
    existence,
    filters: [...filters, ...draft.lasting.flatMap((m) => notYetOver(m, around))],
  }
}

const endings = ['close', 'end', 'finish', 'terminated', 'left', 'cancel'].map(stem)

/** What is open has no date of closing yet. */
function notYetOver(mention: MentionItem, { catalog }: Surroundings): readonly Filter[] {
  const table = findTable(catalog, mention.candidates[0]?.table ?? '')
  const end = table?.columns.find(
    (column) =>
      column.nullable &&
      (column.kind === 'date' || column.kind === 'timestamp') &&
      identifierStems(column.name).some((word) => endings.includes(word)),
  )
  if (!table || !end) return []
  const column = { table: table.name, column: end.name }
  return [{ column, comparator: 'is null', values: [], phrase: mention.phrase }]
}

function childNamed(mention: MentionItem, { catalog, base }: Surroundings): string | undefined {
  if (base === undefined) return undefined
  const children = childrenOf(catalog, base)
  const parents = parentsOf(catalog, base)
  const best = mention.candidates[0]
  const meant =
    best?.kind === 'table'
      ? mention.candidates.filter(({ kind, weight }) => kind === 'table' && weight === best.weight)
      : mention.candidates
  const tables = meant.map((candidate) => candidate.table).filter((table) => !parents.has(table))
  const direct = tables.find((table) => table !== base && children.has(table))
  if (direct) return direct
  const bridges = [...children].flatMap(([child, down]) => {
    const up = tables.map((t) => parentsOf(catalog, child).get(t) ?? 0).find((joins) => joins > 0)
    return child === base || up === undefined ? [] : [{ child, joins: down + up }]
  })
  const [nearest, next] = bridges.sort((a, b) => a.joins - b.joins)
  // Two ways to be connected, such as being registered and being present, are not one.
  return nearest?.joins === next?.joins ? undefined : nearest?.child
}

/** The base's nullable key to the table named. */
export function foreignKeyTo(
  mention: MentionItem,
  around: Surroundings,
): ColumnReference | undefined {
  return nullableColumn(mention, around)?.reference
}

/** The base's own column, or its foreign key to the table named. */
function nullableColumn(mention: MentionItem, { catalog, base }: Surroundings) {
  for (const candidate of mention.candidates) {
    const link = catalog.relationships.find(
      (r) => r.from.table === base && r.to.table === candidate.table,
    )
    const reference =
      candidate.table === base && candidate.column !== undefined
        ? { table: base, column: candidate.column }
        : link?.from
    if (reference && findColumn(catalog, reference)?.nullable) {
      return { reference, foreign: reference === link?.from }
    }
  }
  return undefined
}
