/** Writes GGUF files, the container that llama.cpp loads: metadata, then aligned tensors. */
import { open } from 'node:fs/promises'

/** Tensor encodings we write, with their numbers in the format. */
export const tensorTypes = { f32: 0, q8_0: 8 } as const
export type TensorType = keyof typeof tensorTypes

export interface GgufTensor {
  readonly name: string
  /** Fastest-running dimension first, the reverse of NumPy's order. */
  readonly shape: readonly number[]
  readonly type: TensorType
  /** Encoded as `type` says. */
  readonly data: Uint8Array
}

export type GgufValue =
  | { readonly type: 'uint32' | 'float32'; readonly value: number }
  | { readonly type: 'boolean'; readonly value: boolean }
  | { readonly type: 'string'; readonly value: string }
  | { readonly type: 'strings'; readonly value: readonly string[] }
  | { readonly type: 'int32s'; readonly value: readonly number[] }

export type GgufMetadata = Readonly<Record<string, GgufValue>>

const formatVersion = 3
/** Bytes; the format's default, so that it needs no key of its own. */
const alignment = 32
const valueTypes = { uint32: 4, int32: 5, float32: 6, boolean: 7, string: 8, array: 9 } as const

/** Writes one file; equal arguments give equal bytes. Throws what the file system throws. */
export async function writeGguf(
  path: string,
  metadata: GgufMetadata,
  tensors: readonly GgufTensor[],
): Promise<void> {
  const file = await open(path, 'w')
  try {
    await file.writeFile(padded(header(metadata, tensors)))
    for (const tensor of tensors) await file.writeFile(padded(tensor.data))
  } finally {
    await file.close()
  }
}

function header(metadata: GgufMetadata, tensors: readonly GgufTensor[]): Uint8Array {
  const entries = Object.entries(metadata)
  const parts = [Buffer.from('GGUF'), uint32(formatVersion), uint64(tensors.length)]
  parts.push(uint64(entries.length))
  for (const [key, value] of entries) parts.push(text(key), ...encodeValue(value))
  let offset = 0
  for (const tensor of tensors) {
    parts.push(text(tensor.name), uint32(tensor.shape.length), ...tensor.shape.map(uint64))
    parts.push(uint32(tensorTypes[tensor.type]), uint64(offset))
    offset += roundUp(tensor.data.byteLength)
  }
  return Buffer.concat(parts)
}

function encodeValue(entry: GgufValue): Buffer[] {
  switch (entry.type) {
    case 'uint32':
      return [uint32(valueTypes.uint32), uint32(entry.value)]
    case 'float32':
      return [uint32(valueTypes.float32), float32(entry.value)]
    case 'boolean':
      return [uint32(valueTypes.boolean), Buffer.from([entry.value ? 1 : 0])]
    case 'string':
      return [uint32(valueTypes.string), text(entry.value)]
    case 'strings':
      return [...arrayHead(valueTypes.string, entry.value.length), ...entry.value.map(text)]
    case 'int32s':
      return [...arrayHead(valueTypes.int32, entry.value.length), ...entry.value.map(int32)]
  }
}

function arrayHead(elementType: number, length: number): Buffer[] {
  return [uint32(valueTypes.array), uint32(elementType), uint64(length)]
}

function text(value: string): Buffer {
  const bytes = Buffer.from(value, 'utf8')
  return Buffer.concat([uint64(bytes.length), bytes])
}

function uint32(value: number): Buffer {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32LE(value)
  return bytes
}

function int32(value: number): Buffer {
  const bytes = Buffer.alloc(4)
  bytes.writeInt32LE(value)
  return bytes
}

function uint64(value: number): Buffer {
  const bytes = Buffer.alloc(8)
  bytes.writeBigUInt64LE(BigInt(value))
  return bytes
}

function float32(value: number): Buffer {
  const bytes = Buffer.alloc(4)
  bytes.writeFloatLE(value)
  return bytes
}

function roundUp(length: number): number {
  return Math.ceil(length / alignment) * alignment
}

function padded(data: Uint8Array): Uint8Array {
  const missing = roundUp(data.byteLength) - data.byteLength
  return missing === 0 ? data : Buffer.concat([data, Buffer.alloc(missing)])
}
