/** Converts a BERT sentence encoder (safetensors and WordPiece vocabulary) into one GGUF file. */
import { readFile } from 'node:fs/promises'
import { encodeTensor } from '../gguf/encode-tensor.js'
import { type GgufMetadata, type GgufTensor, writeGguf } from '../gguf/write-gguf.js'
import { type FloatTensor, readSafetensors } from './read-safetensors.js'

/** What the tensors themselves do not tell. */
export interface BertSettings {
  readonly name: string
  readonly attentionHeads: number
  readonly layerNormEpsilon: number
}

/** Safetensors names without `.weight` or `.bias` → GGUF names; `#` stands for the layer's number. */
const tensorNames: readonly (readonly [string, string])[] = [
  ['embeddings.word_embeddings', 'token_embd'],
  ['embeddings.position_embeddings', 'position_embd'],
  ['embeddings.token_type_embeddings', 'token_types'],
  ['embeddings.LayerNorm', 'token_embd_norm'],
  ['encoder.layer.#.attention.self.query', 'blk.#.attn_q'],
  ['encoder.layer.#.attention.self.key', 'blk.#.attn_k'],
  ['encoder.layer.#.attention.self.value', 'blk.#.attn_v'],
  ['encoder.layer.#.attention.output.dense', 'blk.#.attn_output'],
  ['encoder.layer.#.attention.output.LayerNorm', 'blk.#.attn_output_norm'],
  ['encoder.layer.#.intermediate.dense', 'blk.#.ffn_up'],
  ['encoder.layer.#.output.dense', 'blk.#.ffn_down'],
  ['encoder.layer.#.output.LayerNorm', 'blk.#.layer_output_norm'],
]
const renamed = new Map(tensorNames)

/** Added to every token, so their rounding would cost most; they are small. */
const keptExact = new Set(['position_embd.weight', 'token_types.weight'])

const specialTokens = new Set(['[PAD]', '[UNK]', '[CLS]', '[SEP]', '[MASK]'])
const tokenKinds = { normal: 1, control: 3 } as const
/** llama.cpp's number for the mean over all tokens' vectors. */
const meanPooling = 1
const q8FileType = 7

/**
 * Writes matrices as Q8_0 and everything else as 32-bit floats; equal input gives equal bytes.
 * Tensors the encoder does not need (the pooler, position ids) are left out.
 * Throws an Error when a tensor that gives the model's shape is missing.
 */
export async function convertBert(
  tensorsPath: string,
  vocabularyPath: string,
  targetPath: string,
  settings: BertSettings,
): Promise<void> {
  const source = await readSafetensors(tensorsPath)
  const tokens = (await readFile(vocabularyPath, 'utf8')).split(/\r?\n/)
  if (tokens.at(-1) === '') tokens.pop()
  const tensors = [...source.values()].flatMap(toGguf).sort(byName)
  await writeGguf(targetPath, metadataOf(source, tokens, settings), tensors)
}

function toGguf(tensor: FloatTensor): GgufTensor[] {
  const name = ggufName(tensor.name)
  if (name === undefined) return []
  const type = tensor.shape.length === 2 && !keptExact.has(name) ? 'q8_0' : 'f32'
  const shape = tensor.shape.toReversed()
  return [{ name, shape, type, data: encodeTensor(tensor.values, type) }]
}

function ggufName(name: string): string | undefined {
  const [, stem = '', layer = '', rest = '', suffix = ''] =
    /^(?:bert\.)?(.*?)(?:(?<=layer\.)(\d+)(.*))?(\.weight|\.bias)$/.exec(name) ?? []
  const target = renamed.get(layer === '' ? stem : `${stem}#${rest}`)
  return target && target.replace('#', layer) + suffix
}

function byName(left: GgufTensor, right: GgufTensor): number {
  return left.name < right.name ? -1 : 1
}

function metadataOf(
  source: ReadonlyMap<string, FloatTensor>,
  tokens: readonly string[],
  settings: BertSettings,
): GgufMetadata {
  const uint32 = (value: number) => ({ type: 'uint32', value }) as const
  const string = (value: string) => ({ type: 'string', value }) as const
  return {
    'general.architecture': string('bert'),
    'general.name': string(settings.name),
    'general.file_type': uint32(q8FileType),
    'bert.block_count': uint32(layerCount(source)),
    'bert.context_length': uint32(sizeOf(source, 'embeddings.position_embeddings.weight', 0)),
    'bert.embedding_length': uint32(sizeOf(source, 'embeddings.word_embeddings.weight', 1)),
    'bert.feed_forward_length': uint32(
      sizeOf(source, 'encoder.layer.0.intermediate.dense.weight', 0),
    ),
    'bert.attention.head_count': uint32(settings.attentionHeads),
    'bert.attention.layer_norm_epsilon': { type: 'float32', value: settings.layerNormEpsilon },
    'bert.attention.causal': { type: 'boolean', value: false },
    'bert.pooling_type': uint32(meanPooling),
    'tokenizer.ggml.model': string('bert'),
    'tokenizer.ggml.token_type_count': uint32(
      sizeOf(source, 'embeddings.token_type_embeddings.weight', 0),
    ),
    'tokenizer.ggml.tokens': { type: 'strings', value: tokens.map(spaced) },
    'tokenizer.ggml.token_type': { type: 'int32s', value: tokens.map(kindOf) },
    'tokenizer.ggml.unknown_token_id': uint32(tokenId(tokens, '[UNK]')),
    'tokenizer.ggml.cls_token_id': uint32(tokenId(tokens, '[CLS]')),
    'tokenizer.ggml.bos_token_id': uint32(tokenId(tokens, '[CLS]')),
    'tokenizer.ggml.seperator_token_id': uint32(tokenId(tokens, '[SEP]')),
    'tokenizer.ggml.padding_token_id': uint32(tokenId(tokens, '[PAD]')),
    'tokenizer.ggml.mask_token_id': uint32(tokenId(tokens, '[MASK]')),
  }
}

function layerCount(source: ReadonlyMap<string, FloatTensor>): number {
  const numbers = [...source.keys()].map((name) => /layer\.(\d+)\./.exec(name)?.[1])
  return new Set(numbers.filter((number) => number !== undefined)).size
}

function sizeOf(source: ReadonlyMap<string, FloatTensor>, name: string, axis: number): number {
  const size = source.get(name)?.shape[axis]
  if (size === undefined) throw new Error(`the sentence model's tensor ${name} is missing`)
  return size
}

function tokenId(tokens: readonly string[], token: string): number {
  const id = tokens.indexOf(token)
  if (id === -1) throw new Error(`the sentence model's vocabulary has no ${token}`)
  return id
}

/** WordPiece marks continuations with `##`; llama.cpp marks word starts instead, with U+2581. */
function spaced(token: string): string {
  if (specialTokens.has(token)) return token
  return token.startsWith('##') ? token.slice(2) : `\u2581${token}`
}

function kindOf(token: string): number {
  return specialTokens.has(token) ? tokenKinds.control : tokenKinds.normal
}
