/** What is said of a dataset before it is asked anything; the page reads it too. */
import type { PartProgress } from './part-progress.js'

export interface DatasetStatus {
  /** What requests call it. */
  readonly name: string
  readonly title: string
  /** What it is about, in a few words. */
  readonly subject: string
  /** Questions to try, from simple to complex; none for data that is not ours. */
  readonly samples: readonly string[]
  /** Whether it is meant where a request names none. */
  readonly isDefault: boolean
  /** Where it is from: what the service was started on, a demo, files that were sent to it, or a server it was told of. */
  readonly origin: 'given' | 'demo' | 'files' | 'connection'
  /** `failed` is one that was added and cannot be opened; `error` says why. */
  readonly state: 'open' | 'opening' | 'closed' | 'failed'
  readonly error?: {
    readonly code: string
    readonly message: string
    readonly hints: readonly string[]
  }
  /** How far opening is. */
  readonly progress?: { readonly step: string; readonly done: number; readonly total: number }
  /** How far its search index is: questions work meanwhile, on what is in it. */
  readonly indexing?: PartProgress
}
