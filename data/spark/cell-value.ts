/** Turns one cell of an Arrow batch into a value that JSON carries without loss or surprise. */
import { type Data, type DataType, Type, Vector } from 'apache-arrow'
import type { Value } from '../catalog.js'
import { decimalValue, integerValue } from '../written-number.js'

/** Digits before the point that leave room for a fraction in a double. */
const mostWholeDigits = 15
/** Digits behind the point that nobody stores: a mean or a share, which a double says as well. */
const fewestComputedDigits = 6
const wordBits = 32n
const signBit = 1n << 127n
const dayMs = 86_400_000
const microsPerSecond = 1_000_000n
const secondsPerDay = 86_400n

/**
 * Whole numbers and stored decimals stay numbers while a double holds them exactly, else they become text; a computed
 * decimal, such as a mean, is rounded to a double. NaN and infinities are text. Dates read `YYYY-MM-DD`, timestamps
 * `YYYY-MM-DD HH:MM:SS` in UTC; arrays, structs and maps are JSON, bytes hexadecimal, intervals `days HH:MM:SS`.
 */
export function cellValue(data: Data, row: number): Value {
  const text =
    data.typeId === Type.Decimal && data.getValid(row) ? decimalText(data, row) : undefined
  if (text === undefined) return plainValue(data, row)
  const isComputed = scaleOf(data) >= fewestComputedDigits
  const isRoomy = text.replace('-', '').indexOf('.') <= mostWholeDigits
  return isComputed && isRoomy ? Number(text) : decimalValue(text)
}

/** As `cellValue`, but that every decimal keeps all of its digits, as text. */
export function exactValue(data: Data, row: number): Value {
  const isDecimal = data.typeId === Type.Decimal && data.getValid(row)
  return isDecimal ? decimalText(data, row) : plainValue(data, row)
}

function plainValue(data: Data, row: number): Value {
  if (data.typeId === Type.Null || !data.getValid(row)) return null
  const read = readers[data.typeId]
  if (read !== undefined) return read(data, row)
  const nested = nestedValue(data, row)
  return typeof nested === 'string' ? nested : JSON.stringify(nested)
}

const readers: Readonly<Partial<Record<Type, (data: Data, row: number) => Value>>> = {
  [Type.Bool]: (data, row) => vectorOf(data).get(row) as boolean,
  [Type.Int]: (data, row) => integerValue(String(vectorOf(data).get(row))),
  [Type.Float]: (data, row) => floatValue(data, vectorOf(data).get(row) as number),
  [Type.Utf8]: (data, row) => String(vectorOf(data).get(row)),
  [Type.LargeUtf8]: (data, row) => String(vectorOf(data).get(row)),
  [Type.Date]: (data, row) => dayText(Number(data.values[row])),
  [Type.Timestamp]: (data, row) => momentText(BigInt(data.values[row])),
  [Type.Duration]: (data, row) => durationText(BigInt(data.values[row])),
  [Type.Interval]: (data, row) => monthsText(Number(data.values[row])),
  [Type.Binary]: (data, row) => `\\x${Buffer.from(bytesOf(data, row)).toString('hex')}`,
}

type Nested = Value | readonly Nested[] | { readonly [name: string]: Nested }

/** Inside of JSON a decimal is a text, so that none of its digits is lost. */
function nestedValue(data: Data, row: number): Nested {
  if (data.typeId === Type.Null || !data.getValid(row)) return null
  if (data.typeId === Type.List)
    return rowsOf(data, row).map((at) => nestedValue(childOf(data), at))
  if (data.typeId === Type.Struct) {
    const fields = data.type.children.map(({ name }, at): readonly [string, Nested] => [
      name,
      nestedValue(data.children[at]!, row),
    ])
    return Object.fromEntries(fields)
  }
  if (data.typeId !== Type.Map) return exactValue(data, row)
  const [keys, values] = childOf(data).children
  const entries = rowsOf(data, row).map((at): readonly [string, Nested] => [
    String(exactValue(keys!, at)),
    nestedValue(values!, at),
  ])
  return Object.fromEntries(entries)
}

function vectorOf(data: Data): Vector<DataType> {
  return new Vector([data])
}

function childOf(data: Data): Data {
  return data.children[0]!
}

/** The rows of its child that one list or map has. */
function rowsOf({ valueOffsets }: Data, row: number): number[] {
  const [start = 0, end = 0] = [valueOffsets[row], valueOffsets[row + 1]]
  return Array.from({ length: end - start }, (_, at) => start + at)
}

function bytesOf({ values, valueOffsets }: Data, row: number): Uint8Array {
  return values.subarray(valueOffsets[row], valueOffsets[row + 1])
}

/** A single is shown with as few digits as tell it from its neighbours. */
function floatValue({ type }: Data, value: number): Value {
  if (!Number.isFinite(value)) return String(value)
  const isSingle = (type as { precision?: number }).precision === 1
  if (!isSingle) return value
  const digits = [6, 7, 8, 9].find(
    (count) => Math.fround(Number(value.toPrecision(count))) === value,
  )
  return digits === undefined ? value : Number(value.toPrecision(digits))
}

function scaleOf({ type }: Data): number {
  return (type as { scale?: number }).scale ?? 0
}

/** 128 bits, the lowest 32 first. */
function decimalText(data: Data, row: number): string {
  const words: Uint32Array = data.values.subarray(row * 4, row * 4 + 4)
  const raw = words.reduceRight((sum, word) => (sum << wordBits) | BigInt(word >>> 0), 0n)
  const value = (raw & signBit) === 0n ? raw : raw - (signBit << 1n)
  const scale = scaleOf(data)
  const digits = String(value < 0n ? -value : value).padStart(scale + 1, '0')
  const sign = value < 0n ? '-' : ''
  if (scale === 0) return `${sign}${digits}`
  return `${sign}${digits.slice(0, -scale)}.${digits.slice(-scale)}`
}

function dayText(days: number): string {
  return new Date(days * dayMs).toISOString().split('T')[0]!
}

function momentText(micros: bigint): string {
  const whole = floorDivide(micros, microsPerSecond)
  const date = new Date(Number(whole) * 1_000).toISOString().slice(0, -5).replace('T', ' ')
  return `${date}${fractionText(micros - whole * microsPerSecond)}`
}

function durationText(micros: bigint): string {
  const size = micros < 0n ? -micros : micros
  const seconds = size / microsPerSecond
  const parts = [(seconds / 3600n) % 24n, (seconds / 60n) % 60n, seconds % 60n]
  const clock = parts.map((part) => String(part).padStart(2, '0')).join(':')
  const fraction = fractionText(size % microsPerSecond)
  return `${micros < 0n ? '-' : ''}${seconds / secondsPerDay} ${clock}${fraction}`
}

function monthsText(months: number): string {
  const size = Math.abs(months)
  return `${months < 0 ? '-' : ''}${Math.floor(size / 12)}-${size % 12}`
}

function fractionText(micros: bigint): string {
  return micros === 0n ? '' : `.${String(micros).padStart(6, '0').replace(/0+$/, '')}`
}

function floorDivide(value: bigint, by: bigint): bigint {
  const quotient = value / by
  return value < 0n && quotient * by !== value ? quotient - 1n : quotient
}
