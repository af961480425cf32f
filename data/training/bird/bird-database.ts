/** What BIRD tells of a database that it does not include: names, and questions with gold SQL. */

export interface BirdQuestion {
  readonly id: string
  readonly text: string
  readonly sql: string
}

export interface BirdDatabase {
  readonly name: string
  /** Column names by table name. */
  readonly tables: ReadonlyMap<string, readonly string[]>
  /** What is said about a column, by `columnKey`. */
  readonly descriptions: ReadonlyMap<string, string>
  readonly questions: readonly BirdQuestion[]
}

export interface ColumnAt {
  readonly table: string
  readonly column: string
}

/** As a key of maps. */
export function columnKey({ table, column }: ColumnAt): string {
  return `${table}\n${column}`
}
