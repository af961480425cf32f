/** Which rows of a long table are worth drawing. */

export interface RowWindow {
  readonly first: number
  /** The first one that is not drawn. */
  readonly end: number
  /** In pixels. */
  readonly rowHeight: number
}

/** What a row takes until one has been measured, and how much is seen at least, in pixels. */
const usualRowHeight = 36
const leastHeight = 420
/** Rows drawn beyond the edges, and steps in which the window moves: fast scrolling stays ahead, slow scrolling draws nothing. */
const margin = 16
const step = 8

/** All in pixels; 0 for what is not known yet. */
export function rowsInSight(scrollTop: number, height: number, rowHeight: number): RowWindow {
  const each = rowHeight || usualRowHeight
  const top = Math.floor(scrollTop / each / step) * step
  const count = Math.ceil(Math.max(height, leastHeight) / each)
  return { first: Math.max(0, top - margin), end: top + count + step + margin, rowHeight: each }
}
