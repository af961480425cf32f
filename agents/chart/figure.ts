/** What Plotly draws, built by our code only: never model-written, never taken from a request. */

export type ChartKind =
  | 'number'
  | 'bar'
  | 'grouped_bar'
  | 'stacked_bar'
  | 'line'
  | 'area'
  | 'scatter'
  | 'histogram'
  | 'pie'
  | 'heat_map'
  | 'table'

/** Plotly's own JSON: https://plotly.com/javascript/reference/ */
export interface Figure {
  readonly data: readonly Readonly<Record<string, unknown>>[]
  readonly layout: Readonly<Record<string, unknown>>
}
