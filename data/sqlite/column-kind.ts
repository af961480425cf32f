/** Tells a column's kind from what it was declared as and from what it really holds: SQLite lets any column hold anything. */
import type { ColumnKind } from '../catalog.js'

/** Cells of one column by what they are; `empty` counts texts without a character, which stand for missing values. */
export interface StoredClasses {
  readonly integers: number
  readonly reals: number
  readonly texts: number
  readonly blobs: number
  readonly empty: number
  /** Texts `YYYY-MM-DD`. */
  readonly dates: number
  /** Texts `YYYY-MM-DD HH:MM`, with or without seconds, `T` or a time zone. */
  readonly timestamps: number
  /** Integers other than 0 and 1. */
  readonly manyValued: number
}

/** A few texts among numbers (`N/A`) do not make a text column. */
const NUMBER_SHARE = 0.95

/** SQLite's rules of affinity, with the types that mean dates and truth values to people. */
const DECLARED: readonly (readonly [RegExp, ColumnKind])[] = [
  [/BOOL/, 'boolean'],
  [/TIMESTAMP|DATETIME/, 'timestamp'],
  [/^DATE/, 'date'],
  [/INT|REAL|FLOA|DOUB|NUM|DEC|MONEY|CURRENCY|YEAR/, 'number'],
  [/CHAR|CLOB|TEXT|STRING|TIME|ENUM|UUID|JSON/, 'text'],
]

export function declaredKind(type: string): ColumnKind {
  const upper = type.toUpperCase()
  return DECLARED.find(([pattern]) => pattern.test(upper))?.[1] ?? 'other'
}

export function storedKind(type: string, stored: StoredClasses): ColumnKind {
  const { integers, reals, texts, blobs, empty, dates, timestamps, manyValued } = stored
  const numbers = integers + reals
  const words = texts - empty
  if (numbers + words + blobs === 0) return declaredKind(type)
  if (blobs > numbers + words) return 'other'
  if (numbers === 0 && blobs === 0 && dates === words) return 'date'
  if (numbers === 0 && blobs === 0 && dates + timestamps === words) return 'timestamp'
  if (numbers < (numbers + words + blobs) * NUMBER_SHARE) return 'text'
  const isBoolean = declaredKind(type) === 'boolean' && reals === 0 && manyValued === 0
  return isBoolean && words === 0 ? 'boolean' : 'number'
}

/** For a column declared without a type, and for one of a view. */
export function storedType({ integers, reals, texts, blobs }: StoredClasses): string {
  const most = Math.max(integers, reals, texts, blobs)
  if (most === 0) return 'BLOB'
  if (most === texts) return 'TEXT'
  if (most === blobs) return 'BLOB'
  return reals > 0 ? 'REAL' : 'INTEGER'
}
