/** Finds the columns a mistaken one may have meant, as `table.column`. */
import { nearestNames } from '../join-free/nearest-names.js'

/** Nearest first; a column name that several tables have comes once for each, so there may be more than `count`. */
export function nearColumns(
  name: string,
  columnsByTable: ReadonlyMap<string, readonly string[]>,
  count: number,
): readonly string[] {
  const all = [...new Set([...columnsByTable.values()].flat())]
  return nearestNames(name, all, count).flatMap((column) =>
    [...columnsByTable]
      .filter(([, columns]) => columns.includes(column))
      .map(([table]) => `${table}.${column}`),
  )
}
