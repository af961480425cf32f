/** Which tables a model is shown for one answer: few, that belong together, and others the next time. */
import type { Catalog, Table } from '../../catalog.js'
import type { Random } from '../../random.js'
import type { ModelPhase } from '../settings/generator-settings.js'

/** Tables of one prompt. */
const mostTables: Readonly<Record<ModelPhase, number>> = {
  builtins: 1,
  single_table: 1,
  schema_docs: 2,
  schema_relationship: 4,
  joins: 3,
  complex_sqls: 4,
}

/** Columns of one table; of wider ones the first. */
const mostColumns = 60

export type Offered = Pick<Catalog, 'dialect' | 'tables' | 'relationships'>

/** Tables with rows that the phase can ask about; the others have nothing to be found. */
export function askableTables(phase: ModelPhase, catalog: Catalog): readonly Table[] {
  const isAboutSchema = phase === 'schema_docs' || phase === 'schema_relationship'
  const filled = catalog.tables.filter(
    ({ rowCount, columns }) => columns.length > 0 && (isAboutSchema || rowCount > 0),
  )
  const needsKeys = phase === 'joins' || phase === 'schema_relationship'
  return needsKeys
    ? filled.filter((table) => neighboursOf(table, filled, catalog).length > 0)
    : filled
}

/** One table and, step by step, some that it is joined with; in the catalog's order. */
export function chooseTables(phase: ModelPhase, catalog: Catalog, random: Random): Offered {
  const askable = askableTables(phase, catalog)
  const chosen = new Set<Table>()
  if (askable.length > 0) chosen.add(random.pick(askable))
  while (chosen.size < mostTables[phase]) {
    const near = [...chosen].flatMap((table) => neighboursOf(table, askable, catalog))
    const further = near.filter((table) => !chosen.has(table))
    if (further.length === 0) break
    chosen.add(random.pick(further))
  }
  return offer(
    catalog,
    catalog.tables.filter((table) => chosen.has(table)),
  )
}

export function offer({ dialect, relationships }: Catalog, tables: readonly Table[]): Offered {
  const names = new Set(tables.map(({ name }) => name))
  return {
    dialect,
    tables: tables.map((table) => ({ ...table, columns: table.columns.slice(0, mostColumns) })),
    relationships: relationships.filter(
      ({ from, to }) => names.has(from.table) && names.has(to.table),
    ),
  }
}

function neighboursOf(
  { name }: Table,
  tables: readonly Table[],
  { relationships }: Catalog,
): readonly Table[] {
  const near = new Set(
    relationships.flatMap(({ from, to }) => [
      ...(from.table === name ? [to.table] : []),
      ...(to.table === name ? [from.table] : []),
    ]),
  )
  return tables.filter((table) => table.name !== name && near.has(table.name))
}
