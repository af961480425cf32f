/** What a panel of the set-up tells the page around it, as events that leave the panel's root. */
import type { PagePlace } from '../page/page-place.js'

interface PageEvents {
  /** Where the reader wants to go. */
  readonly 'parley-place': PagePlace
  /** The dataset that is meant from now on, as the service calls it; empty for its default one. */
  readonly 'parley-dataset': string
  /** There are others than before, or their state changed. */
  readonly 'parley-datasets': undefined
}

export function tellPage<Name extends keyof PageEvents>(
  from: EventTarget,
  name: Name,
  ...[detail]: PageEvents[Name] extends undefined ? [] : [PageEvents[Name]]
): void {
  from.dispatchEvent(new CustomEvent(name, { detail, bubbles: true, composed: true }))
}
