/** Completes text with a GGUF model, and optionally a LoRA adapter, through llama.cpp. */
import {
  type Llama,
  type LlamaContext,
  type LlamaContextSequence,
  type LlamaGrammar,
  LlamaGrammarEvaluationState,
  type LlamaModel,
  type Token,
} from 'node-llama-cpp'
import type { Completion, CompletionRequest, LanguageModel } from '../language-model.js'
import { type Beliefs, freeTokens, grammarTokens, type WrittenToken } from './token-streams.js'

export interface LlamaLanguageModelOptions {
  readonly llama: Llama
  readonly name: string
  /** Hash of the weights and the LoRA adapter together. */
  readonly fingerprint: string
  readonly modelPath: string
  /** A LoRA adapter in GGUF form, trained on exactly these weights. */
  readonly adapterPath?: string
  /** More than the free cores slows decoding down many times: threads wait for each other at every layer. */
  readonly threads: number
  /** Tokens of prompt and answer together; a model that was trained on shorter texts has no more than those. */
  readonly contextSize: number
}

/** Grammars kept parsed; one per schema and set of linked values. */
const maxCachedGrammars = 8

/** Throws node-llama-cpp's errors when the file is no model, the adapter does not fit it, or memory is short. */
export async function createLlamaLanguageModel(
  options: LlamaLanguageModelOptions,
): Promise<LanguageModel> {
  const model = await options.llama.loadModel({ modelPath: options.modelPath })
  try {
    const context = await model.createContext({
      contextSize: Math.min(options.contextSize, model.trainContextSize),
      threads: options.threads,
      // Without it a model with a sliding window forgets the schema between two questions.
      swaFullCache: true,
      ...(options.adapterPath && { lora: options.adapterPath }),
    })
    return new LlamaLanguageModel(options, model, context)
  } catch (error) {
    await model.dispose()
    throw error
  }
}

/**
 * Candidates are written one after the other: on one thread of a CPU, a step of four sequences takes four times as long
 * as a step of one, and of eight five times. Not reading twice what they share saves more.
 * The runtime rounds otherwise where it reads other pieces at once: probabilities were seen to move by up to 0.1. So each
 * prompt is read in pieces that depend on it alone, its prefix and the rest, whatever was asked before.
 */
class LlamaLanguageModel implements LanguageModel {
  readonly name: string
  readonly fingerprint: string
  readonly contextSize: number
  private readonly llama: Llama
  private readonly sequence: LlamaContextSequence
  private readonly grammars = new Map<string, Promise<LlamaGrammar>>()
  /** The prefix in the sequence, read in one piece. */
  private prefix = ''
  /** What was believed while answering the last prompt. */
  private known?: { readonly prompt: string; readonly beliefs: Beliefs }
  /** Ends when every completion asked for so far has ended. */
  private queue: Promise<unknown> = Promise.resolve()

  constructor(
    options: LlamaLanguageModelOptions,
    private readonly model: LlamaModel,
    private readonly context: LlamaContext,
  ) {
    this.name = options.name
    this.fingerprint = options.fingerprint
    this.contextSize = context.contextSize
    this.llama = options.llama
    this.sequence = context.getSequence()
  }

  /** Throws the signal's reason when aborted, and a RangeError when the prompt leaves no room for an answer. */
  complete(request: CompletionRequest): Promise<Completion> {
    const turn = this.queue.then(() => this.completeNow(request))
    this.queue = turn.catch(() => undefined)
    return turn
  }

  countTokens(text: string): number {
    return this.model.tokenize(text).length
  }

  async close(): Promise<void> {
    await this.queue
    await this.context.dispose()
    await this.model.dispose()
  }

  private async completeNow(request: CompletionRequest): Promise<Completion> {
    request.signal?.throwIfAborted()
    const started = performance.now()
    const prompt = this.tokensOf(request.prompt)
    const room = this.sequence.contextSize - prompt.length
    if (room < 1) throw new RangeError(`the prompt of ${prompt.length} tokens fills the context`)
    const state = request.grammar ? await this.startGrammar(request.grammar) : undefined
    try {
      const beliefs = await this.beliefsAbout(request)
      const tokens = state
        ? grammarTokens(this.sequence, prompt, state, request)
        : freeTokens(this.sequence, prompt, request.sampling, beliefs)
      const written = await this.write(tokens, Math.min(request.maxTokens, room), request)
      const rival = this.rivalProbability(request, beliefs)
      const elapsedMs = performance.now() - started
      return { ...written, ...rival, promptTokens: prompt.length, elapsedMs }
    } catch (error) {
      // Broken off, the sequence holds other pieces than an unbroken answer leaves.
      this.known = undefined
      throw error
    }
  }

  private async write(
    tokens: AsyncGenerator<WrittenToken>,
    limit: number,
    { stop, signal, onToken }: CompletionRequest,
  ): Promise<Omit<Completion, 'elapsedMs'>> {
    const written: WrittenToken[] = []
    const textOf = () => this.model.detokenize(written.map(({ token }) => token))
    let end = -1
    for await (const token of tokens) {
      signal?.throwIfAborted()
      written.push(token)
      onToken?.(written.length)
      if (stop !== undefined) end = textOf().indexOf(stop)
      if (end !== -1 || written.length === limit) break
    }
    return {
      text: end === -1 ? textOf() : textOf().slice(0, end),
      tokens: written.length,
      cut: end === -1 && written.length === limit,
      ...probabilitiesOf(written),
    }
  }

  private rivalProbability(
    { rival }: CompletionRequest,
    beliefs: Beliefs,
  ): Pick<Completion, 'rivalProbability'> {
    const [first] = rival === undefined ? [] : this.model.tokenize(rival)
    const likeliest = beliefs.get('')
    if (first === undefined || !likeliest) return {}
    return { rivalProbability: likeliest.get(first) ?? 0 }
  }

  private tokensOf(text: string): Token[] {
    const tokens = this.model.tokenize(text)
    const { bos, shouldPrependBosToken } = this.model.tokens
    return shouldPrependBosToken && bos !== null ? [bos, ...tokens] : tokens
  }

  /** For a new prompt the sequence goes back to the prefix. */
  private async beliefsAbout({ prompt, prefix = '' }: CompletionRequest): Promise<Beliefs> {
    if (this.known?.prompt === prompt) return this.known.beliefs
    await this.readPrefix(prefix)
    this.known = { prompt, beliefs: new Map() }
    return this.known.beliefs
  }

  private async readPrefix(prefix: string): Promise<void> {
    const tokens = prefix === '' ? [] : this.tokensOf(prefix)
    if (prefix !== this.prefix) {
      this.prefix = ''
      await this.sequence.clearHistory()
      await this.sequence.evaluateWithoutGeneratingNewTokens(tokens)
      this.prefix = prefix
    }
    const end = this.sequence.nextTokenIndex
    if (end > tokens.length) {
      await this.sequence.eraseContextTokenRanges([{ start: tokens.length, end }])
    }
  }

  private async startGrammar(text: string): Promise<LlamaGrammarEvaluationState> {
    const grammar = this.grammars.get(text) ?? this.llama.createGrammar({ grammar: text })
    this.grammars.delete(text)
    this.grammars.set(text, grammar)
    const [oldest] = this.grammars.keys()
    if (this.grammars.size > maxCachedGrammars && oldest) this.grammars.delete(oldest)
    return new LlamaGrammarEvaluationState({ model: this.model, grammar: await grammar })
  }
}

function probabilitiesOf(
  written: readonly WrittenToken[],
): Pick<Completion, 'meanLogProbability' | 'leastProbability'> {
  const known = written.flatMap(({ probability }) => probability ?? [])
  if (known.length === 0) return {}
  const total = known.reduce((sum, probability) => sum + Math.log(probability), 0)
  return { meanLogProbability: total / known.length, leastProbability: Math.min(...known) }
}
