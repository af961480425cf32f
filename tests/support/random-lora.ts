/** Writes a small LoRA adapter of seeded noise over Gemma 3 270M, enough to change what the model writes. */
import { encodeTensor } from '../../models/gguf/encode-tensor.js'
import { type GgufTensor, writeGguf } from '../../models/gguf/write-gguf.js'

const rank = 2
/** Sizes of the model's first feed-forward matrix. */
const inputs = 640
const outputs = 2048

export function writeRandomLora(path: string, architecture = 'gemma3'): Promise<void> {
  return writeGguf(
    path,
    {
      'general.type': { type: 'string', value: 'adapter' },
      'general.architecture': { type: 'string', value: architecture },
      'adapter.type': { type: 'string', value: 'lora' },
      'adapter.lora.alpha': { type: 'float32', value: rank },
    },
    [
      noise('blk.0.ffn_up.weight.lora_a', [inputs, rank]),
      noise('blk.0.ffn_up.weight.lora_b', [rank, outputs]),
    ],
  )
}

function noise(name: string, shape: readonly [number, number]): GgufTensor {
  let state = 12_345
  const values = Float32Array.from({ length: shape[0] * shape[1] }, () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return state / 2 ** 31 - 1
  })
  return { name, shape, type: 'f32', data: encodeTensor(values, 'f32') }
}
