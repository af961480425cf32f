import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type GgufFileInfo, readGgufFileInfo } from 'node-llama-cpp'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { convertBert } from '../../../models/embedding/convert-bert.js'
import { readSafetensors } from '../../../models/embedding/read-safetensors.js'
import { encodeTensor, toHalf } from '../../../models/gguf/encode-tensor.js'
import { writeGguf } from '../../../models/gguf/write-gguf.js'
import { safetensorsOf } from '../../support/safetensors.js'

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'parley-gguf-'))
})
afterAll(() => rm(folder, { recursive: true }))

/** The bytes of one tensor, found by node-llama-cpp's reader. */
async function tensorBytes(path: string, info: GgufFileInfo, name: string): Promise<Buffer> {
  const tensor = info.fullTensorInfo?.find((entry) => entry.name === name)
  if (!tensor) throw new Error(`no tensor ${name}`)
  return (await readFile(path)).subarray(Number(tensor.fileOffset))
}

describe('half floats', () => {
  it.each([
    [0, 0x0000],
    [-0, 0x8000],
    [1, 0x3c00],
    [-2, 0xc000],
    [65504, 0x7bff],
    [65520, 0x7c00],
    [-Infinity, 0xfc00],
    [2 ** -24, 0x0001],
    [2 ** -25, 0x0000],
    [1 / 3, 0x3555],
    [1 + 2 ** -11, 0x3c00],
    [1 + 3 * 2 ** -11, 0x3c02],
    [2 ** -14 - 2 ** -25, 0x0400],
  ])('writes %d as %d', (value, bits) => {
    expect(toHalf(value)).toBe(bits)
  })
})

describe('8-bit blocks', () => {
  it('keep every value within half a step of the block', () => {
    const values = Float32Array.from({ length: 64 }, (_, index) => Math.sin(index) * (1 + index))
    const bytes = Buffer.from(encodeTensor(values, 'q8_0'))
    expect(bytes.length).toBe(68)
    for (const [index, value] of values.entries()) {
      const block = Math.floor(index / 32)
      const largest = Math.max(...values.subarray(block * 32, block * 32 + 32).map(Math.abs))
      const level = bytes.readInt8(block * 34 + 2 + (index % 32))
      expect(Math.abs((level * largest) / 127 - value)).toBeLessThanOrEqual(largest / 254 + 1e-3)
    }
  })

  it('hold a block of zeros, and refuse a length that is no multiple of 32', () => {
    expect([...encodeTensor(new Float32Array(32), 'q8_0')]).toEqual(new Array(34).fill(0))
    expect(() => encodeTensor(new Float32Array(33), 'q8_0')).toThrow(RangeError)
  })
})

describe('a written GGUF file', () => {
  it('is read back by another reader, with every tensor on an aligned offset', async () => {
    const path = join(folder, 'small.gguf')
    const first = encodeTensor(Float32Array.from([1, 2, 3]), 'f32')
    const second = encodeTensor(Float32Array.from([4, 5]), 'f32')
    await writeGguf(
      path,
      {
        'general.architecture': { type: 'string', value: 'bert' },
        'general.name': { type: 'string', value: 'Träger' },
        'bert.block_count': { type: 'uint32', value: 6 },
        'bert.attention.causal': { type: 'boolean', value: false },
      },
      [
        { name: 'one', shape: [3], type: 'f32', data: first },
        { name: 'two', shape: [2, 1], type: 'f32', data: second },
      ],
    )
    const info = await readGgufFileInfo(path)
    expect(info.metadata.general.name).toBe('Träger')
    expect(info.architectureMetadata.block_count).toBe(6)
    const two = await tensorBytes(path, info, 'two')
    expect([two.readFloatLE(0), two.readFloatLE(4)]).toEqual([4, 5])
    expect(info.fullTensorInfo?.map((tensor) => Number(tensor.fileOffset) % 32)).toEqual([0, 0])
  })
})

describe('the converter of sentence models', () => {
  const square = (size: number) => ({ shape: [32, 32], values: Array(1024).fill(size) })
  const tensors = {
    'embeddings.word_embeddings.weight': { shape: [7, 32], values: Array(224).fill(0.5) },
    'embeddings.position_embeddings.weight': { shape: [16, 32], values: Array(512).fill(0.25) },
    'embeddings.token_type_embeddings.weight': { shape: [2, 32], values: Array(64).fill(0) },
    'encoder.layer.0.attention.self.query.weight': square(1),
    'encoder.layer.0.output.LayerNorm.bias': { shape: [32], values: Array(32).fill(2) },
    'encoder.layer.11.intermediate.dense.weight': square(3),
    'encoder.layer.0.intermediate.dense.weight': { shape: [64, 32], values: Array(2048).fill(1) },
    'pooler.dense.weight': square(9),
  }
  const settings = { name: 'tiny', attentionHeads: 4, layerNormEpsilon: 1e-12 }

  async function convert(target: string): Promise<string> {
    const source = join(folder, 'model.safetensors')
    const vocabulary = join(folder, 'vocab.txt')
    await writeFile(source, safetensorsOf(tensors))
    await writeFile(vocabulary, '[PAD]\n[UNK]\n[CLS]\n[SEP]\n[MASK]\nship\n##s\n')
    await convertBert(source, vocabulary, join(folder, target), settings)
    return join(folder, target)
  }

  it('renames tensors as llama.cpp expects and leaves the pooler out', async () => {
    const info = await readGgufFileInfo(await convert('renamed.gguf'))
    expect(info.fullTensorInfo?.map((tensor) => tensor.name)).toEqual([
      'blk.0.attn_q.weight',
      'blk.0.ffn_up.weight',
      'blk.0.layer_output_norm.bias',
      'blk.11.ffn_up.weight',
      'position_embd.weight',
      'token_embd.weight',
      'token_types.weight',
    ])
    const embedding = info.fullTensorInfo?.find((tensor) => tensor.name === 'token_embd.weight')
    expect(embedding?.dimensions.map(Number)).toEqual([32, 7])
    expect(info.architectureMetadata.embedding_length).toBe(32)
    expect(info.architectureMetadata.feed_forward_length).toBe(64)
    expect(info.architectureMetadata.context_length).toBe(16)
  })

  it('marks word starts instead of continuations, and special tokens as such', async () => {
    const info = await readGgufFileInfo(await convert('tokens.gguf'))
    const { tokens, token_type } = info.metadata.tokenizer?.ggml ?? {}
    expect(tokens).toEqual(['[PAD]', '[UNK]', '[CLS]', '[SEP]', '[MASK]', '\u2581ship', 's'])
    expect(token_type).toEqual([3, 3, 3, 3, 3, 1, 1])
  })

  it('gives equal bytes for equal input', async () => {
    const [first, second] = [await convert('first.gguf'), await convert('second.gguf')]
    expect(await readFile(first)).toEqual(await readFile(second))
  })

  it('says when the file is no safetensors file, or is cut', async () => {
    const path = join(folder, 'broken.safetensors')
    await writeFile(path, 'this is certainly not a tensor file')
    await expect(readSafetensors(path)).rejects.toThrow('not a safetensors file')
    await writeFile(path, safetensorsOf(tensors).subarray(0, -100))
    await expect(readSafetensors(path)).rejects.toThrow('ends before')
  })
})
