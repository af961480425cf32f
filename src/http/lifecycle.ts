/** Whether the service still takes requests: open, then draining, then cut. */

export interface Lifecycle {
  /** Questions under way go on; new requests are refused. */
  isDraining(): boolean
  drain(): void
  /** Aborted when the time for what is under way is over. */
  readonly cut: AbortSignal
  cutOff(): void
}

export function createLifecycle(): Lifecycle {
  let draining = false
  const cutting = new AbortController()
  return {
    isDraining: () => draining,
    drain: () => {
      draining = true
    },
    cut: cutting.signal,
    cutOff: () => cutting.abort(),
  }
}
