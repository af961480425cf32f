/** The port to a sentence-embedding model: LangChain's `Embeddings` plus an identity. */
import type { EmbeddingsInterface } from '@langchain/core/embeddings'

export interface Embedder extends EmbeddingsInterface {
  /** Shown in `doctor` and the page. */
  readonly name: string
  /** Changes when vectors of two embedders are not comparable. */
  readonly fingerprint: string
  /** Length of every vector; vectors have unit length. */
  readonly dimensions: number
  close(): Promise<void>
}
