/** The contract of a place that source files can be fetched from. */
import type { OnWeightProgress, SourceFile } from './weight-artefact.js'

export interface FetchRequest {
  readonly file: SourceFile
  /** Where the finished file goes; unfinished pieces may lie beside it and are taken up next time. */
  readonly target: string
  readonly signal?: AbortSignal
  readonly onProgress: OnWeightProgress
}

export type FetchOutcome = { readonly ok: true } | { readonly ok: false; readonly reason: string }

export interface WeightSource {
  /** What a user would call it. */
  readonly name: string
  /** Fetches one file; says as a value why it could not. Does not check the content. */
  fetch(request: FetchRequest): Promise<FetchOutcome>
}
