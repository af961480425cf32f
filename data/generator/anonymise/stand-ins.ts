/** Puts something else in the place of a value: always the same for the same value, and never one that is stored. */
import { createHmac } from 'node:crypto'
import type { Catalog, ColumnReference, Value } from '../../catalog.js'
import { findColumn } from '../../catalog.js'
import type { ColumnMark } from './column-marks.js'

export interface StandInSettings {
  readonly catalog: Catalog
  readonly seed: number
  /** Most by which other numbers are moved, as a share of them. */
  readonly jitter: number
  /** Whether a text is stored in the column. */
  readonly isStored: (column: ColumnReference, text: string) => Promise<boolean>
}

export interface StandIns {
  /** For a cell of a marked column. Missing values stay missing. */
  replace(column: ColumnReference, mark: ColumnMark, value: Value): Promise<Value>
  /** For a number that is not marked; `row` tells equal numbers of several rows apart. */
  move(column: ColumnReference, row: string, value: Value): Value
}

/** Tries for a text that is not stored; then its hash is written out. */
const mostTries = 20

export function createStandIns({ catalog, seed, jitter, isStored }: StandInSettings): StandIns {
  const known = new Map<string, string>()
  const hash = (text: string) => createHmac('sha256', `${seed}`).update(text).digest()
  const replaceText = async (column: ColumnReference, mark: ColumnMark, text: string) => {
    const root = rootOf(catalog, column)
    const key = `${mark}\n${root.table}.${root.column}\n${text}`
    const earlier = known.get(key)
    if (earlier !== undefined) return earlier
    for (let tries = 0; tries <= mostTries; tries++) {
      const bytes = hash(`${key}\n${tries}`)
      const found = tries === mostTries ? bytes.toString('hex') : textLike(mark, text, bytes)
      const isFree = !sharesWord(found, text) && !(await isStored(column, found))
      if (!isFree && tries < mostTries) continue
      known.set(key, found)
      return found
    }
    return ''
  }
  return {
    async replace(column, mark, value) {
      if (value === null || mark === 'none') return value
      if (typeof value === 'number' && Number.isInteger(value)) {
        return replaceNumber(catalog, column, value, hash)
      }
      return replaceText(column, mark, String(value))
    },
    move(column, row, value) {
      if (jitter === 0 || typeof value !== 'number') return value
      const bytes = hash(`${column.table}.${column.column}\n${row}\n${value}`)
      const moved = value * (1 + jitter * ((bytes.readUInt32BE(0) / 2 ** 32) * 2 - 1))
      return Number(moved.toFixed(decimalsOf(value)))
    },
  }
}

/** The column that a chain of keys ends at: what points at a value is replaced as the value is. */
export function rootOf(catalog: Catalog, column: ColumnReference): ColumnReference {
  const seen = new Set<string>()
  let current = column
  for (;;) {
    const name = `${current.table}.${current.column}`
    if (seen.has(name)) return current
    seen.add(name)
    const next = catalog.relationships
      .flatMap(({ from, to, further = [] }) => [
        { from: from.column, to: to.column, table: from.table, at: to.table },
        ...further.map((pair) => ({ ...pair, table: from.table, at: to.table })),
      ])
      .find((key) => key.table === current.table && key.from === current.column)
    if (!next) return current
    current = { table: next.at, column: next.to }
  }
}

/** A prime: multiplying by anything below it mixes all numbers below it, each to another. */
const modulus = 2_147_483_647n

/** Behind the largest that is stored, so that none of them is met; different for different numbers of a usual range. */
function replaceNumber(
  catalog: Catalog,
  column: ColumnReference,
  value: number,
  hash: (text: string) => Buffer,
): number {
  const root = rootOf(catalog, column)
  const { min, max } = findColumn(catalog, root) ?? {}
  const bytes = hash(`${root.table}.${root.column}`)
  const [factor, shift] = [
    1n + (bytes.readBigUInt64BE(0) % (modulus - 1n)),
    bytes.readBigUInt64BE(8),
  ]
  const from = BigInt(Math.trunc(Number(min ?? 0)) || 0)
  const offset = ((BigInt(value) - from) % modulus) + modulus
  const mixed = (factor * offset + shift) % modulus
  return Math.max(0, Math.trunc(Number(max ?? 0)) || 0) + 1 + Number(mixed)
}

function decimalsOf(value: number): number {
  return /\.(\d+)$/.exec(String(value))?.[1]?.length ?? 0
}

const consonants = 'b d f g h k l m n p r s t v z br dr kl tr st'.split(' ')
const vowels = 'a e i o u ai ei'.split(' ')
const endings = ['', 'n', 'r', 'l', 's']

function textLike(mark: ColumnMark, text: string, bytes: Buffer): string {
  if (mark === 'email') return `${invented(bytes, 0)}.${invented(bytes, 8)}@example.org`
  if (mark === 'phone') return digitsReplaced(text, bytes)
  if (mark === 'id') return `ID-${bytes.toString('hex', 0, 6).toUpperCase()}`
  const count = text.split(/\s+/).filter(Boolean).length
  const words = Array.from({ length: Math.min(count, 12) }, (_, at) => invented(bytes, at * 5))
  if (mark === 'text') return `${capital(words.join(' '))}.`
  if (mark === 'address') return `${words.map(capital).join(' ')} ${1 + (bytes[31] ?? 0)}`
  return words.map(capital).join(' ')
}

/** A word that is in no dictionary, of eight bytes from `start`, around the end. */
function invented(bytes: Buffer, start: number): string {
  const byte = (at: number) => bytes[(start + at) % bytes.length] ?? 0
  const syllable = (at: number) =>
    `${consonants[byte(at) % consonants.length]}${vowels[byte(at + 1) % vowels.length]}`
  const ending = endings[byte(6) % endings.length]
  return `${syllable(0)}${syllable(2)}${byte(7) % 2 === 0 ? syllable(4) : ''}${ending}`
}

function digitsReplaced(text: string, bytes: Buffer): string {
  let at = 0
  return text.replaceAll(/\d/g, () => String((bytes[at++ % bytes.length] ?? 0) % 10))
}

function capital(word: string): string {
  return `${word.charAt(0).toUpperCase()}${word.slice(1)}`
}

/** No word of the original may be left, such as a first name. */
function sharesWord(found: string, text: string): boolean {
  const own = new Set(
    text
      .toLowerCase()
      .split(/[^\p{L}]+/u)
      .filter((word) => word.length > 2),
  )
  return found
    .toLowerCase()
    .split(/[^\p{L}]+/u)
    .some((word) => own.has(word) && word !== 'example' && word !== 'org')
}
