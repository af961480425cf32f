/** How far the parts are that are still being fetched or filled, for whoever draws a bar. */

export interface PartProgress {
  readonly done: number
  readonly total: number
  readonly unit: 'bytes' | 'documents' | 'tables'
}

export interface WatchedIndexing {
  readonly report: (done: number, total: number) => void
  readonly end: () => void
  readonly isUnderWay: () => boolean
  /** Undefined before the first document and after the last. */
  readonly progress: () => PartProgress | undefined
}

export function watchIndexing(): WatchedIndexing {
  let isUnderWay = true
  let progress: PartProgress | undefined
  return {
    report: (done, total) => {
      progress = { done, total, unit: 'documents' }
    },
    end: () => {
      isUnderWay = false
      progress = undefined
    },
    isUnderWay: () => isUnderWay,
    progress: () => progress,
  }
}
