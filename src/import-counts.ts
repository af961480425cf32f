/** How much of a file of knowledge was taken in. */

export interface ImportCounts {
  readonly descriptions: number
  readonly docs: number
  readonly terms: number
  readonly sqlPairs: number
}
