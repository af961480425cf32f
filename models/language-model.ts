/** The port to a text-completing language model. */

export interface CompletionRequest {
  readonly prompt: string
  /** A GBNF grammar the output must follow. */
  readonly grammar?: string
  readonly maxTokens: number
  /** Asks for `meanLogProbability`; it may slow writing down. */
  readonly withProbability?: boolean
  readonly signal?: AbortSignal
  /** Called with the number of tokens written so far. */
  readonly onToken?: (tokens: number) => void
}

export interface Completion {
  readonly text: string
  readonly tokens: number
  /** Mean natural-log probability of the chosen tokens; absent unless asked for, or when the runtime does not tell. */
  readonly meanLogProbability?: number
  /** True when `maxTokens` ended the text. */
  readonly cut: boolean
  readonly elapsedMs: number
}

export interface LanguageModel {
  /** What a user would recognise, such as `gemma-3-270m-q4_k_m`. */
  readonly name: string
  /** Hash of weights and adapter: equal fingerprints give equal text for equal prompts. */
  readonly fingerprint: string
  /** Completes the prompt greedily with a fixed seed. */
  complete(request: CompletionRequest): Promise<Completion>
  /** Counts tokens as the model would. */
  countTokens(text: string): number
  close(): Promise<void>
}
