/** The names that a database knows. */

export interface KnownNames {
  /** What the address names: the one whose tables are read. */
  readonly database: string
  /** By name as it is stored, those that the user may read. */
  readonly tables: ReadonlyMap<string, readonly string[]>
  /** Whether names of tables count as they are; else letters of either case are the same. */
  readonly countsCase: boolean
}

export function knowsTable({ tables, countsCase }: KnownNames, name: string): boolean {
  if (countsCase) return tables.has(name)
  const lower = name.toLowerCase()
  return [...tables.keys()].some((known) => known.toLowerCase() === lower)
}
