/** A catalog in which nothing is told of marked columns but that they are there. */
import type { Catalog } from '../../catalog.js'
import { type Marks, markOf } from './column-marks.js'

/** Neither examples nor bounds; names, types and counts stay. */
export function hideValues(catalog: Catalog, marks: Marks): Catalog {
  const tables = catalog.tables.map((table) => ({
    ...table,
    columns: table.columns.map((column) => {
      const mark = markOf(marks, table.name, column.name)
      if (mark === 'none') return column
      return { ...column, samples: [], values: undefined, min: undefined, max: undefined }
    }),
  }))
  return { ...catalog, tables }
}

/** The same of every column, for those who may be told names and types alone. */
export function hideAllValues(catalog: Catalog): Catalog {
  const hidden = { samples: [], values: undefined, min: undefined, max: undefined }
  const tables = catalog.tables.map((table) => ({
    ...table,
    columns: table.columns.map((column) => ({ ...column, ...hidden })),
  }))
  return { ...catalog, tables }
}
