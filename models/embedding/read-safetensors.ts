/** Reads safetensors files: a JSON header of names, shapes and byte ranges, then the raw values. */
import { open, stat } from 'node:fs/promises'

export interface FloatTensor {
  readonly name: string
  /** Slowest-running dimension first, as NumPy prints it. */
  readonly shape: readonly number[]
  readonly values: Float32Array
}

interface Entry {
  readonly dtype: string
  readonly shape: readonly number[]
  readonly data_offsets: readonly [number, number]
}

/** A real header is kilobytes; a larger one means the file is something else. */
const maxHeaderBytes = 100 * 1024 * 1024

/**
 * Reads the tensors of 32-bit floats by name, leaving other types out.
 * Throws an Error on a file that is no safetensors file or is shorter than its header says.
 */
export async function readSafetensors(path: string): Promise<Map<string, FloatTensor>> {
  const file = await open(path, 'r')
  try {
    const headerBytes = Number((await readRange(file, 0, 8)).readBigUInt64LE())
    if (headerBytes > Math.min(maxHeaderBytes, (await stat(path)).size)) {
      throw new Error(`${path} is not a safetensors file`)
    }
    const header = JSON.parse((await readRange(file, 8, headerBytes)).toString('utf8'))
    const tensors = new Map<string, FloatTensor>()
    for (const [name, entry] of Object.entries(header as Record<string, Entry>)) {
      if (entry.dtype !== 'F32') continue
      const [start, end] = entry.data_offsets
      const bytes = await readRange(file, 8 + headerBytes + start, end - start)
      tensors.set(name, { name, shape: entry.shape, values: floatsOf(bytes) })
    }
    return tensors
  } finally {
    await file.close()
  }
}

type FileHandle = Awaited<ReturnType<typeof open>>

async function readRange(file: FileHandle, position: number, length: number): Promise<Buffer> {
  const buffer = Buffer.from(new ArrayBuffer(length))
  const { bytesRead } = await file.read(buffer, 0, length, position)
  if (bytesRead < length) throw new Error('the safetensors file ends before its last tensor')
  return buffer
}

function floatsOf(bytes: Buffer): Float32Array {
  return new Float32Array(bytes.buffer, bytes.byteOffset, bytes.byteLength / 4)
}
