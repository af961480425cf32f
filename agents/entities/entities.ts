/** What a question asks for, in terms of the catalog: the input of the rules generator and of the page's "how I read it". */
import type { ColumnReference } from '../../data/catalog.js'

export type Aggregate = 'sum' | 'count' | 'avg' | 'min' | 'max' | 'median'
export type Grain =
  | 'presence'
  | 'year'
  | 'quarter'
  | 'month'
  | 'week'
  | 'day'
  | 'weekday'
  | 'month_of_year'
  /** Weekday or weekend. */
  | 'day_kind'
export type Comparator =
  | 'like'
  | 'not like'
  | '='
  | '<>'
  | '>'
  | '>='
  | '<'
  | '<='
  | 'is null'
  | 'is not null'

export interface Measure {
  readonly aggregate: Aggregate
  /** Absent when rows of `table` are counted. */
  readonly column?: ColumnReference
  readonly table: string
  readonly distinct?: boolean
  /** Divides the total by the number of these: "average sales per store". */
  readonly per?: Dimension
  /** Takes quantity × cost off each row's amount: profit. */
  readonly costs?: { readonly quantity: ColumnReference; readonly cost: ColumnReference }
  /** The words it was read from. */
  readonly phrase: string
}

export interface Dimension {
  readonly column: ColumnReference
  readonly grain?: Grain
  /** Rows of the same value are one group, whatever their key. */
  readonly byValue?: boolean
  readonly phrase: string
}

export interface Filter {
  readonly column: ColumnReference
  readonly comparator: Comparator
  readonly values: readonly (string | number | boolean)[]
  /** One of the filters marked so must hold, not each of them: "named Ann or aged 30". */
  readonly alternative?: boolean
  /** Compared with the column's own average instead of values. */
  readonly average?: boolean
  /** Compared with another column, or so many times it, instead of values. */
  readonly against?: { readonly column: ColumnReference; readonly factor?: number }
  /** Rows without a value are kept too. */
  readonly orMissing?: boolean
  readonly phrase: string
}

/** Half-open: from `start` up to but not including `end`, ISO dates. */
export interface Period {
  readonly start: string
  readonly end: string
  readonly label: string
  /** The two ends of "from … to …", for questions about growth between them. */
  readonly ends?: readonly [Period, Period]
}

export interface Having {
  readonly measure: Measure
  readonly comparator: Comparator
  /** Ignored where the bound is the mean of all groups. */
  readonly value: number
  readonly mean?: boolean
}

/** Rows of another table that must, or must not, exist for a row of the base table. */
export interface Existence {
  readonly table: string
  readonly exists: boolean
  readonly phrase: string
  /** When, by which date, where that is not the question's one period. */
  readonly period?: Period
  readonly column?: ColumnReference
}

/** A name that fits several columns equally well. */
export interface Ambiguity {
  readonly phrase: string
  readonly options: readonly ColumnReference[]
}

/** Changes how the measure is shown: as part of the whole, or against an earlier period. */
export type Presentation =
  | 'plain'
  | 'share'
  | 'growth'
  | 'difference'
  | 'cumulative'
  /** The values themselves, each as often as it occurs. */
  | 'distribution'
  /** Only groups with more, or less, in the first period than in the second. */
  | 'more'
  | 'less'

/** Rows told apart from others in a column of their own. */
export interface Band {
  readonly label: string
  readonly filters: readonly Filter[]
}

/** How the first of two measures is set against the second; a comparison keeps the groups it holds for. */
export type Relation = 'beside' | 'ratio' | 'difference' | 'sum' | '<' | '<=' | '>' | '>='

export interface Order {
  readonly by: 'measure' | 'dimension'
  /** The column of a listing that is ordered by. */
  readonly column?: ColumnReference
  readonly direction: 'asc' | 'desc'
}

export interface Entities {
  /** The table whose rows are counted, summed or listed. */
  readonly base?: string
  readonly measures: readonly Measure[]
  readonly dimensions: readonly Dimension[]
  /** Columns to list when nothing is aggregated. */
  readonly listed: readonly ColumnReference[]
  readonly filters: readonly Filter[]
  readonly existence: readonly Existence[]
  /** The date column periods and grains apply to. */
  readonly timeColumn?: ColumnReference
  /** One period filters; two or more are compared. */
  readonly periods: readonly Period[]
  /** A time was asked for that no date column can tell. */
  readonly timeless?: boolean
  /** Saturdays and Sundays of the time column only. */
  readonly weekend?: boolean
  readonly having: readonly Having[]
  readonly order?: Order
  readonly limit?: number
  /** Rows left out before the first one shown. */
  readonly offset?: number
  /** The limit holds within each of these: "top 3 products per category". */
  readonly limitWithin?: Dimension
  readonly distinct: boolean
  readonly presentation: Presentation
  readonly bands?: readonly Band[]
  readonly relation?: Relation
  /** Asks how many groups are kept, not which. */
  readonly countsGroups?: boolean
  readonly ambiguities: readonly Ambiguity[]
  /** Content words nothing in the catalog explains. */
  readonly unknownWords: readonly string[]
  /** What was asked for and this reading leaves out, each as the reason to refuse it. */
  readonly omissions?: readonly string[]
  /** What relative dates count from. */
  readonly asOf: string
}
