/** Embeds text with a sentence encoder in GGUF form through llama.cpp. */
import type { Llama, LlamaEmbeddingContext, LlamaModel, Token } from 'node-llama-cpp'
import type { Embedder } from '../embedder.js'

export interface LlamaEmbedderOptions {
  readonly llama: Llama
  readonly modelPath: string
  readonly name: string
  /** SHA-256 of the model file. */
  readonly fingerprint: string
}

/** What the encoder was trained on, its two frame tokens included; more text is left out. */
const maxTokens = 256
const frameTokens = 2
/** Above `maxTokens`, because the runtime keeps some places to itself. */
const contextTokens = 512
/** One thread: a sentence takes milliseconds, and waiting threads would slow the language model. */
const threads = 1
/** Characters read at all: enough for 256 tokens of any language, so that a book costs nothing. */
const maxCharacters = 8_000

/** Vectors have unit length; text without a token gives the first unit vector. */
export async function createLlamaEmbedder(options: LlamaEmbedderOptions): Promise<Embedder> {
  const model = await options.llama.loadModel({ modelPath: options.modelPath })
  const context = await model.createEmbeddingContext({
    contextSize: contextTokens,
    batchSize: contextTokens,
    threads,
  })
  return new LlamaEmbedder(options, model, context)
}

class LlamaEmbedder implements Embedder {
  readonly name: string
  readonly fingerprint: string
  readonly dimensions: number

  constructor(
    options: LlamaEmbedderOptions,
    private readonly model: LlamaModel,
    private readonly context: LlamaEmbeddingContext,
  ) {
    this.name = options.name
    this.fingerprint = options.fingerprint
    this.dimensions = model.embeddingVectorSize
  }

  async embedQuery(text: string): Promise<number[]> {
    const tokens = this.tokensOf(text)
    if (tokens.length === 0) return firstUnitVector(this.dimensions)
    const embedding = await this.context.getEmbeddingFor(tokens)
    return unitVector(embedding.vector)
  }

  async embedDocuments(texts: string[]): Promise<number[][]> {
    const vectors: number[][] = []
    for (const text of texts) vectors.push(await this.embedQuery(text))
    return vectors
  }

  async close(): Promise<void> {
    await this.context.dispose()
    await this.model.dispose()
  }

  private tokensOf(text: string): Token[] {
    const tokens = this.model.tokenize(text.slice(0, maxCharacters), false, 'trimLeadingSpace')
    return tokens.slice(0, maxTokens - frameTokens)
  }
}

function unitVector(vector: readonly number[]): number[] {
  const length = Math.hypot(...vector)
  return length === 0 ? firstUnitVector(vector.length) : vector.map((value) => value / length)
}

/** Comparable with every other vector, where a zero vector has no cosine. */
function firstUnitVector(dimensions: number): number[] {
  return Array.from({ length: dimensions }, (_, index) => (index === 0 ? 1 : 0))
}
