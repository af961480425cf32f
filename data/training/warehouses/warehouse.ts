/** A made warehouse: a theme with names and rows, and what its columns mean. */
import type { ThemeColumn, ThemeDeed } from './theme.js'

/** Text stands for dates and times too. */
export type Cell = string | number | boolean | null

export interface WarehouseColumn extends Omit<ThemeColumn, 'values'> {
  /** As the database spells it. */
  readonly table: string
  readonly name: string
  readonly type: string
  /** Values that some row holds, most frequent first. */
  readonly values: readonly Cell[]
}

export interface MadeReference {
  readonly name: string
  readonly nullable: boolean
  readonly to: WarehouseTable
}

export interface WarehouseTable {
  readonly noun: string
  readonly plural: string
  readonly preposition: string
  readonly deed?: ThemeDeed
  readonly name: string
  readonly key: string
  readonly columns: readonly WarehouseColumn[]
  readonly references: readonly MadeReference[]
  /** What happens again and again: rows without a name of their own that point at others. */
  readonly isFact: boolean
  /** Cells in the order key, references, columns. */
  readonly rows: readonly (readonly Cell[])[]
}

export interface Warehouse {
  readonly name: string
  readonly tables: readonly WarehouseTable[]
  readonly declaresKeys: boolean
}
