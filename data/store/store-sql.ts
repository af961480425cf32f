/** The port to the SQL database that the store lies in: SQLite's file, or PostgreSQL where replicas share it. */

export type Cell = string | number | null

/** The SQL is what both understand; a placeholder is `?`, or `?1` where one stands in several places. All reject with `StoreError` when it cannot be used. */
export interface StoreSql {
  rows(sql: string, ...parameters: readonly Cell[]): Promise<readonly (readonly Cell[])[]>
  /** How many rows it changed. */
  change(sql: string, ...parameters: readonly Cell[]): Promise<number>
  /** Runs `work` whole or not at all, on the one that it is given; those of one name come one after the other. */
  transaction<Result>(name: string, work: (sql: StoreSql) => Promise<Result>): Promise<Result>
  /** What was removed is to be gone from the disk too, as soon as that can be. */
  forgetRemoved(): Promise<void>
}

export function text(cell: Cell | undefined): string {
  return String(cell ?? '')
}

/** Undefined for NULL. */
export function optionalText(cell: Cell | undefined): string | undefined {
  return cell === null || cell === undefined ? undefined : String(cell)
}
