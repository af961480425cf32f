/** Sorts PostgreSQL's types into the few kinds that questions and charts care about. */
import type { ColumnKind } from '../catalog.js'

const kinds: readonly (readonly [RegExp, ColumnKind])[] = [
  [/^(smallint|integer|bigint|numeric|real|double precision|oid)$/, 'number'],
  [/^(text|character|character varying|"char"|name|citext|uuid|inet|cidr|macaddr)$/, 'text'],
  [/^date$/, 'date'],
  [/^timestamp (with|without) time zone$/, 'timestamp'],
  [/^boolean$/, 'boolean'],
]

/** `type` as `format_type` writes it, of a domain the type below it; `isEnum` for a list of values. */
export function columnKind(type: string, isEnum: boolean): ColumnKind {
  if (isEnum) return 'text'
  const plain = type.replace(/\([\d, -]+\)/, '')
  return kinds.find(([pattern]) => pattern.test(plain))?.[1] ?? 'other'
}

/** In capitals, as the other engines have it, but for names that the database gave itself. */
export function shownType(type: string, isEnum: boolean): string {
  return isEnum || type.includes('"') ? type : type.toUpperCase()
}
