/** Encodes 32-bit floats as GGUF tensor data: as they are or as 8-bit blocks. */
import type { TensorType } from './write-gguf.js'

/** Values that share one scale in Q8_0; a row's length must be a multiple of it. */
export const blockLength = 32
const largestLevel = 127
/** A 2-byte scale before 32 levels of a byte each. */
const blockBytes = 2 + blockLength

const mantissaBits = 10
const smallestExponent = -14
/** Half-way between the largest half, 65504, and the next power of two. */
const halfOverflow = 65520

const encoders: Record<TensorType, (values: Float32Array) => Uint8Array> = {
  f32: (values) => new Uint8Array(values.buffer, values.byteOffset, values.byteLength),
  q8_0: encodeBlocks,
}

/** Throws a RangeError when Q8_0 is asked of a length that is no multiple of 32. */
export function encodeTensor(values: Float32Array, type: TensorType): Uint8Array {
  return encoders[type](values)
}

function encodeBlocks(values: Float32Array): Uint8Array {
  if (values.length % blockLength !== 0) {
    throw new RangeError(`Q8_0 needs a multiple of ${blockLength} values, not ${values.length}`)
  }
  const bytes = new Uint8Array((values.length / blockLength) * blockBytes)
  const view = new DataView(bytes.buffer)
  for (let block = 0; block * blockLength < values.length; block++) {
    const chunk = values.subarray(block * blockLength, (block + 1) * blockLength)
    const scale = largestMagnitude(chunk) / largestLevel
    view.setUint16(block * blockBytes, toHalf(scale), true)
    for (let index = 0; index < blockLength; index++) {
      const level = scale === 0 ? 0 : Math.round((chunk[index] ?? 0) / scale)
      view.setInt8(block * blockBytes + 2 + index, level)
    }
  }
  return bytes
}

function largestMagnitude(values: Float32Array): number {
  let largest = 0
  for (const value of values) largest = Math.max(largest, Math.abs(value))
  return largest
}

/** IEEE 754 half precision, rounding to nearest, ties to even; too large becomes infinity. */
export function toHalf(value: number): number {
  const sign = value < 0 || Object.is(value, -0) ? 0x8000 : 0
  const magnitude = Math.abs(value)
  if (Number.isNaN(value)) return 0x7e00
  if (magnitude >= halfOverflow) return sign | 0x7c00
  const exponent = Math.max(Math.floor(Math.log2(magnitude)), smallestExponent)
  const steps = roundToEven(magnitude * 2 ** (mantissaBits - exponent))
  // Below the smallest exponent, and on rounding up to the next power of two, the sum is still the right code.
  return sign | (steps + (exponent - smallestExponent) * 2 ** mantissaBits)
}

function roundToEven(value: number): number {
  return value + 2 ** 52 - 2 ** 52
}
