/** What to draw, decided before any Plotly: closed shapes whose values come from result cells alone. */
import type { Value } from '../../data/catalog.js'
import type { TimeGrain } from './calendar.js'

/** How numbers of one measure read: plain, `0.25` as 25 %, or `25` as 25 %. */
export type NumberStyle = 'plain' | 'whole' | 'fraction' | 'percent'

export interface CardSpec {
  readonly title: string
  readonly cards: readonly {
    readonly label: string
    readonly value: number
    readonly style: NumberStyle
  }[]
}

export interface Series {
  readonly name: string
  /** One value per position. */
  readonly values: readonly (number | null)[]
}

export interface SeriesSpec {
  readonly title: string
  /** `category` draws every position as a word; `time` takes ISO dates; `number` takes numbers. */
  readonly scale: 'category' | 'time' | 'number'
  readonly grain?: TimeGrain
  readonly positions: readonly (string | number)[]
  readonly series: readonly Series[]
  readonly positionTitle: string
  readonly valueTitle: string
  /** What the legend tells apart; empty with one series. */
  readonly seriesTitle: string
  readonly style: NumberStyle
  readonly horizontal: boolean
}

export interface ScatterSpec {
  readonly title: string
  readonly xTitle: string
  readonly yTitle: string
  readonly style: NumberStyle
  /** True when x holds words. */
  readonly categories: boolean
  readonly groups: readonly {
    readonly name: string
    readonly x: readonly (string | number)[]
    readonly y: readonly number[]
    /** What each point is, for its hover text. */
    readonly labels: readonly string[]
  }[]
}

export interface HistogramSpec {
  readonly title: string
  readonly valueTitle: string
  readonly style: NumberStyle
  readonly bins: readonly { readonly from: number; readonly to: number; readonly count: number }[]
}

export interface TableSpec {
  readonly title: string
  readonly headings: readonly string[]
  readonly rows: readonly (readonly Value[])[]
  /** Which columns hold numbers, to be set at the right. */
  readonly numeric: readonly boolean[]
}

export type SeriesKind =
  | 'bar'
  | 'grouped_bar'
  | 'stacked_bar'
  | 'line'
  | 'area'
  | 'pie'
  | 'heat_map'

type Drawn =
  | { readonly kind: 'number'; readonly spec: CardSpec }
  | { readonly kind: SeriesKind; readonly spec: SeriesSpec }
  | { readonly kind: 'scatter'; readonly spec: ScatterSpec }
  | { readonly kind: 'histogram'; readonly spec: HistogramSpec }
  | { readonly kind: 'table'; readonly spec: TableSpec }

/** `warnings` say in plain words what was left out of the picture. */
export type ChartChoice = Drawn & { readonly warnings: readonly string[] }
