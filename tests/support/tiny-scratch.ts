/** A model in a home as `models/pretraining/export.py` leaves one, but tiny, of noise, and with bytes for its words. */
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { createRandom } from '../../data/random.js'
import { encodeTensor } from '../../models/gguf/encode-tensor.js'
import { type GgufTensor, writeGguf } from '../../models/gguf/write-gguf.js'
import { sha256OfFile } from '../../models/weights/checksum.js'

/** Tokens of prompt and answer. */
export const tinyContext = 1024
const sizes = { width: 32, hidden: 48, layers: 1, heads: 2 }
const marks = ['<|end|>', '⟦schema⟧', '⟦question⟧', '⟦sql⟧']
/** Of llama.cpp. */
const [plainToken, controlToken, ownToken] = [1, 3, 4]

/** Gives the path of the file. */
export async function installTinyScratch(home: string, name = 'tiny'): Promise<string> {
  const folder = join(home, 'adapters')
  await mkdir(folder, { recursive: true })
  const path = join(folder, `${name}.gguf`)
  await writeTinyModel(path)
  const description = {
    kind: 'scratch',
    name,
    file: `${name}.gguf`,
    sha256: await sha256OfFile(path),
    // Above any that is shipped.
    score: { measure: 'nothing', value: 1 },
  }
  await writeFile(join(folder, `${name}.json`), JSON.stringify(description))
  return path
}

function writeTinyModel(path: string): Promise<void> {
  const letters = byteLetters()
  const tokens = [...marks, ...letters]
  const count = (value: number) => ({ type: 'uint32', value }) as const
  const words = (value: string) => ({ type: 'string', value }) as const
  const { width, hidden, layers, heads } = sizes
  return writeGguf(
    path,
    {
      'general.architecture': words('llama'),
      'llama.context_length': count(tinyContext),
      'llama.embedding_length': count(width),
      'llama.feed_forward_length': count(hidden),
      'llama.block_count': count(layers),
      'llama.attention.head_count': count(heads),
      'llama.rope.dimension_count': count(width / heads),
      'llama.attention.layer_norm_rms_epsilon': { type: 'float32', value: 1e-5 },
      'tokenizer.ggml.model': words('gpt2'),
      'tokenizer.ggml.pre': words('gpt-2'),
      'tokenizer.ggml.tokens': { type: 'strings', value: tokens },
      'tokenizer.ggml.token_type': {
        type: 'int32s',
        value: tokens.map((_, at) =>
          at === 0 ? controlToken : at < marks.length ? ownToken : plainToken,
        ),
      },
      // One at least is wanted: two bytes that stand in no text together.
      'tokenizer.ggml.merges': { type: 'strings', value: [`${letters[254]} ${letters[255]}`] },
      'tokenizer.ggml.eos_token_id': count(0),
      'tokenizer.ggml.bos_token_id': count(0),
      'tokenizer.ggml.add_bos_token': { type: 'boolean', value: false },
    },
    weights(tokens.length),
  )
}

function weights(vocabulary: number): GgufTensor[] {
  const random = createRandom(7)
  const { width, hidden, layers } = sizes
  const tensor = (name: string, shape: readonly number[], value: () => number): GgufTensor => {
    const length = shape.reduce((product, size) => product * size, 1)
    const values = Float32Array.from({ length }, value)
    return { name: `${name}.weight`, shape, type: 'f32', data: encodeTensor(values, 'f32') }
  }
  const noise = (name: string, ...shape: number[]) =>
    tensor(name, shape, () => random.fraction() - 0.5)
  const ones = (name: string) => tensor(name, [width], () => 1)
  const blocks = Array.from({ length: layers }, (_, at) => [
    ones(`blk.${at}.attn_norm`),
    ...['attn_q', 'attn_k', 'attn_v', 'attn_output'].map((name) =>
      noise(`blk.${at}.${name}`, width, width),
    ),
    ones(`blk.${at}.ffn_norm`),
    noise(`blk.${at}.ffn_gate`, width, hidden),
    noise(`blk.${at}.ffn_up`, width, hidden),
    noise(`blk.${at}.ffn_down`, hidden, width),
  ])
  return [
    noise('token_embd', width, vocabulary),
    ...blocks.flat(),
    ones('output_norm'),
    noise('output', width, vocabulary),
  ]
}

/** As GPT-2 writes bytes: those that print as themselves, the others beyond Latin-1. */
function byteLetters(): string[] {
  const prints = (byte: number) =>
    (byte >= 33 && byte <= 126) || (byte >= 161 && byte <= 172) || byte >= 174
  let next = 256
  return Array.from({ length: 256 }, (_, byte) =>
    String.fromCodePoint(prints(byte) ? byte : next++),
  )
}
