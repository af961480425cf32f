/** The names that a database knows, as PostgreSQL spells them: letters count as they are. */

export interface KnownTable {
  readonly schema: string
  readonly name: string
  readonly columns: readonly string[]
  /** Whether the bare name means this table, and not one of a schema before its own. */
  readonly isBare: boolean
}

export interface KnownNames {
  readonly tables: readonly KnownTable[]
  /** Functions of the database's own. Where one has the name of a built-in function, the name is no longer trusted. */
  readonly ownFunctions: ReadonlySet<string>
  /** Every function that the server has, to tell a forbidden one from a mistyped one. */
  readonly functions: ReadonlySet<string>
  /** Functions that can be given one row and nothing else: `row.name` calls them. */
  readonly rowFunctions: ReadonlySet<string>
  /** The database's own lists of values. */
  readonly enums: ReadonlySet<string>
}

/** Of the tables that a bare name reaches. */
export function columnsByTable({ tables }: KnownNames): ReadonlyMap<string, readonly string[]> {
  return new Map(
    tables.filter(({ isBare }) => isBare).map(({ name, columns }) => [name, columns] as const),
  )
}
