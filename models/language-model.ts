/** The port to a text-completing language model. */

/** Draws tokens by their probability instead of taking the likeliest. */
export interface Sampling {
  /** 1 draws as the model believes; towards 0 the likeliest token wins ever more often. */
  readonly temperature: number
  /** Equal seeds draw equal text. */
  readonly seed: number
}

/** The JSON that an answer must be. */
export interface AnswerShape {
  /** Letters, digits and `_`. */
  readonly name: string
  readonly description: string
  /** A JSON schema of an object; all properties required, no others allowed. */
  readonly schema: Readonly<Record<string, unknown>>
}

export interface CompletionRequest {
  readonly prompt: string
  /** What a chat model is told of its task, apart from the prompt; others read it before the prompt. */
  readonly instructions?: string
  /** What other prompts begin with too, such as a schema: read once for all that follow one another. */
  readonly prefix?: string
  /** A GBNF grammar the output must follow, where the model can be held to one. */
  readonly grammar?: string
  /** Where it cannot: the JSON that its server is asked to hold it to. It may still write something else. */
  readonly shape?: AnswerShape
  readonly maxTokens: number
  /** A text that could stand in the answer's place, such as a refusal: how likely it was to begin is told. */
  readonly rival?: string
  /** The text ends before the first of these. */
  readonly stop?: string
  /** Greedy when absent. */
  readonly sampling?: Sampling
  /** Asks for probabilities under a grammar, where they slow writing down twice; without one they come for nothing. */
  readonly withProbability?: boolean
  readonly signal?: AbortSignal
  /** Called with the number of tokens written so far. */
  readonly onToken?: (tokens: number) => void
}

export interface Completion {
  readonly text: string
  readonly tokens: number
  /** Tokens of the prompt, where they were counted. */
  readonly promptTokens?: number
  /** Mean natural-log probability of the chosen tokens; absent under a grammar unless asked for. */
  readonly meanLogProbability?: number
  /** Probability of the token the model was least sure of; absent like the mean. */
  readonly leastProbability?: number
  /** Probability of the rival's first token at the start of the answer; absent for what a grammar held from the start. */
  readonly rivalProbability?: number
  /** True when `maxTokens` ended the text. */
  readonly cut: boolean
  readonly elapsedMs: number
}

export interface LanguageModel {
  /** What a user would recognise, such as `gemma-3-270m-q4_k_m`. */
  readonly name: string
  /** Hash of weights and adapter: equal fingerprints give equal text for equal prompts. A server promises less. */
  readonly fingerprint: string
  /** Tokens of prompt and answer together, where that is known. */
  readonly contextSize?: number
  /**
   * Completes the prompt; deterministic, drawn text too, whatever was asked before. Not read again are the last
   * prompt's prefix and, where the same prompt is asked again, the beginning that a free answer shares with earlier
   * ones: of several candidates, each costs the tokens in which it differs.
   * Rejects with the signal's reason, and where the model is elsewhere with a `ModelCallError`.
   */
  complete(request: CompletionRequest): Promise<Completion>
  /** Counts tokens as the model would. */
  countTokens(text: string): number
  close(): Promise<void>
}
