/** Adds stored texts to a catalog, for questions that name them. */
import type { Catalog } from '../catalog.js'
import type { RunRows } from '../training/verify-question.js'

/** Distinct values of a text column that questions may name. */
const maxLinkedValues = 1_000

/** The catalog lists the values of short columns; names of people and places are many, and asked for by name. */
export async function withMoreValues(catalog: Catalog, run: RunRows): Promise<Catalog> {
  const tables = []
  for (const table of catalog.tables) {
    const columns = []
    for (const column of table.columns) {
      if (column.kind !== 'text' || column.values) {
        columns.push(column)
        continue
      }
      const [name, from] = [column.name, table.name].map(
        (text) => `"${text.replaceAll('"', '""')}"`,
      )
      const found = await run(`select distinct ${name} from ${from} limit ${maxLinkedValues}`)
      const values = found.ok ? found.rows.map(([value]) => value) : []
      const samples = values.filter((value): value is string => typeof value === 'string')
      columns.push({ ...column, samples: [...column.samples, ...samples] })
    }
    tables.push({ ...table, columns })
  }
  return { ...catalog, tables }
}
