/** Proves by the values which columns are keys and which columns point at them; the engine only counts. */
import type { Column, ColumnReference, Relationship, Table } from '../catalog.js'
import { keyCandidates, type ProposedRelationship, proposeRelationships } from '../catalog-keys.js'

/** Columns tried as keys of one table, and pairs of columns compared in one database. */
const CANDIDATES_PER_TABLE = 8
const MOST_PROPOSALS = 1_000
/** Estimated distinct counts are a few per cent off; below this share of the rows some value repeats. */
const SURELY_REPEATED = 0.8
/** Share of a child's distinct values that must exist in the parent: real data has a few orphans. */
const CONTAINED_SHARE = 0.95
/** With fewer values than this, none may be missing. */
const FEW_VALUES = 20

/** What an engine counts; each rejects when it cannot, and nothing is proven then. */
export interface ValueProofs {
  /** Whether no value of a column without gaps repeats. */
  isUnique(reference: ColumnReference): Promise<boolean>
  /** Distinct values of `from` that are not null, and how many of them exist in `to`. */
  countContained(
    from: ColumnReference,
    to: ColumnReference,
  ): Promise<{ readonly total: number; readonly contained: number }>
}

/** The same table with `unique` and `primaryKey` filled in, unless it declares a primary key itself. */
export async function proveKeys<T extends Table>(proofs: ValueProofs, table: T): Promise<T> {
  if (table.rowCount === 0 || table.primaryKey.length > 0) return table
  const proven: string[] = []
  for (const column of keyCandidates(table).slice(0, CANDIDATES_PER_TABLE)) {
    if (column.unique || (await isUnique(proofs, table, column))) proven.push(column.name)
  }
  const columns = table.columns.map((column) =>
    proven.includes(column.name)
      ? { ...column, unique: true, distinctCount: table.rowCount }
      : column,
  )
  return { ...table, columns, primaryKey: proven.slice(0, 1) }
}

async function isUnique(proofs: ValueProofs, table: Table, column: Column): Promise<boolean> {
  if (column.nullable || (column.distinctCount ?? 0) < table.rowCount * SURELY_REPEATED)
    return false
  return proofs.isUnique({ table: table.name, column: column.name }).catch(() => false)
}

/** One relationship for each child column at most; columns that a declared one starts from alone are left out. */
export async function proveRelationships(
  proofs: ValueProofs,
  tables: readonly Table[],
  declared: readonly Relationship[],
): Promise<Relationship[]> {
  const settled = new Set(declared.filter((key) => !key.further).map(({ from }) => nameOf(from)))
  const proven: Relationship[] = []
  for (const proposal of proposeRelationships(tables).slice(0, MOST_PROPOSALS)) {
    if (settled.has(nameOf(proposal.from)) || isReverse(proposal, [...declared, ...proven]))
      continue
    const evidence = await findEvidence(proofs, proposal).catch(() => undefined)
    if (evidence === undefined) continue
    settled.add(nameOf(proposal.from))
    const { from, to } = proposal
    proven.push({ from, to, origin: 'inferred', evidence })
  }
  return proven
}

function isReverse({ from, to }: ProposedRelationship, known: readonly Relationship[]): boolean {
  return known.some(
    (other) => nameOf(other.from) === nameOf(to) && nameOf(other.to) === nameOf(from),
  )
}

async function findEvidence(
  proofs: ValueProofs,
  { from, to, reason }: ProposedRelationship,
): Promise<string | undefined> {
  const { total, contained } = await proofs.countContained(from, to)
  const needed = total < FEW_VALUES ? total : total * CONTAINED_SHARE
  if (total === 0 || contained < needed) return undefined
  const share = contained === total ? `all ${total}` : `${contained} of ${total}`
  return `${share} distinct values of ${nameOf(from)} exist in ${nameOf(to)}, and ${reason}`
}

function nameOf({ table, column }: ColumnReference): string {
  return `${table}.${column}`
}
