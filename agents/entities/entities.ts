/** What a question asks for, in terms of the catalog: the input of the rules generator and of the page's "how I read it". */
import type { ColumnReference } from '../../data/catalog.js'
import type { ValueLink } from '../../rag/knowledge.js'

export type Aggregate = 'sum' | 'count' | 'avg' | 'min' | 'max' | 'median'
export type Grain = 'year' | 'quarter' | 'month' | 'week' | 'day'
export type Comparator = '=' | '<>' | '>' | '>=' | '<' | '<='

export interface Measure {
  readonly aggregate: Aggregate
  /** Absent when rows of `table` are counted. */
  readonly column?: ColumnReference
  readonly table: string
  readonly distinct?: boolean
  /** The words it was read from. */
  readonly phrase: string
}

export interface Ratio {
  readonly numerator: Measure
  readonly denominator: Measure
  readonly phrase: string
}

export interface Dimension {
  readonly column: ColumnReference
  readonly grain?: Grain
  readonly phrase: string
}

export interface Filter {
  readonly column: ColumnReference
  readonly comparator: Comparator
  readonly values: readonly (string | number | boolean)[]
  readonly phrase: string
}

/** Half-open: from `start` up to but not including `end`, ISO dates. */
export interface Period {
  readonly start: string
  readonly end: string
  readonly label: string
}

export interface Having {
  readonly comparator: Comparator
  readonly value: number
}

export interface Order {
  readonly by: 'measure' | 'dimension'
  readonly direction: 'asc' | 'desc'
}

export interface Entities {
  readonly measures: readonly Measure[]
  readonly ratio?: Ratio
  readonly dimensions: readonly Dimension[]
  /** Columns to list when nothing is aggregated. */
  readonly listed: readonly ColumnReference[]
  readonly filters: readonly Filter[]
  /** The date column periods and grains apply to. */
  readonly timeColumn?: ColumnReference
  /** One period filters; two or more are compared. */
  readonly periods: readonly Period[]
  readonly having?: Having
  readonly order?: Order
  readonly limit?: number
  readonly valueLinks: readonly ValueLink[]
  /** Content words nothing in the catalog explains. */
  readonly unknownWords: readonly string[]
}
